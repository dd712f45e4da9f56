"""What is said of the events of providers, contracts, organisations and refusals, and of corrections."""

from __future__ import annotations

from domain import access_events, agreement_events, guidance_events, organisation_events, provider_events
from domain.events import Corrected
from domain.looks import LooksNoted
from domain.trigger_events import AttendedTo, CouldNotAct, TriggerIntroduced
from domain.upkeep import StoreChecked
from projections.saying import Namer, amount, day, hours_and_sessions, listed, plain, pounds, says

a, o, p = agreement_events, organisation_events, provider_events


def _check(event: p.CheckRecorded, name: Namer) -> str:
    check = event.check
    found = "in order" if check.passed else "not in order"
    until = f", good until {day(check.expires_on)}" if check.expires_on and check.passed else ""
    return f"checked {plain(check.kind)} on {day(check.checked_on)} and found it {found}{until}"


def _terms(event: a.TermsWritten, name: Namer) -> str:
    written = sum(getattr(event.terms, field) is not None for field in event.terms.__dataclass_fields__)
    return f"wrote {amount(written, 'term')} of {len(event.terms.__dataclass_fields__)}; signatures are given anew"


def _granted(event: o.RoleGranted, name: Namer) -> str:
    until = f" until {day(event.until)}" if event.until else ""
    return f"granted {event.name} the role of {plain(event.role)}{until}"


def _refused(event: access_events.AccessRefused, name: Namer) -> str:
    why = "who was not signed in" if event.why == "not_signed_in" else "who was not permitted"
    times = f", {event.times} times" if event.times > 1 else ""
    return f"turned away someone {why}{times}: {event.method} {event.route} ({plain(event.code)})"


def _noted(event: LooksNoted, name: Namer) -> str:
    missed = f", and missed {event.missed}" if event.missed else ""
    return f"noted {amount(len(event.looks), 'look')} at records{missed}"


def _checked(event: StoreChecked, name: Namer) -> str:
    found = f"found {amount(len(event.faults) + event.more, 'fault')}" if event.faults else "found it sound"
    return f"checked all that is stored, up to position {event.position}, and {found}"


says(p.ProviderRegistered, lambda v, n: f"registered the provider {v.name}")
says(p.ProviderRenamed, lambda v, n: f"renamed the provider to {v.name}")
says(p.ContactSet, lambda v, n: f"recorded whom to speak to: {v.contact.post}")
says(p.SiteAdded, lambda v, n: f"added the site {v.site.name}, {v.site.postcode}")
says(p.SiteClosed, lambda v, n: f"recorded that the site {v.name} closed on {day(v.on)}")
says(
    p.RegistrationRecorded,
    lambda v, n: (
        f"looked up the registration on {day(v.registration.checked_on)}: {plain(v.registration.status)} "
        f"since {day(v.registration.since_on)} ({v.registration.source})"
    ),
)
says(
    p.OfferPublished,
    lambda v, n: (
        f"published the offer: {amount(v.offer.places, 'place')} for ages {v.offer.age_from} to {v.offer.age_to}, "
        f"up to {amount(v.offer.hours_per_week, 'hour')} a week"
    ),
)
says(p.CheckRecorded, _check)
says(p.ApprovalMoved, lambda v, n: f"moved the provider's place on the approved list to: {plain(v.stage)}")
says(p.VisitRecorded, lambda v, n: f"recorded a {plain(v.visit.kind)} of {day(v.visit.on)}")
says(
    p.ProviderSuspended, lambda v, n: "suspended the provider: no child may be placed here until it is lifted"
)
says(p.SuspensionLifted, lambda v, n: "lifted the suspension: children may be placed here again")
says(
    p.ProviderRemoved,
    lambda v, n: (
        "recorded that the provider has closed"
        if v.closed
        else "removed the provider: it is not used any more"
    ),
)
says(
    p.PlaceTaken,
    lambda v, n: (
        f"took a place for {n(v.commissioner_id)}: {hours_and_sessions(v.hours_per_week, v.sessions_per_week)}"
    ),
)
says(p.PlaceFreed, lambda v, n: "gave a place back")
says(
    a.AgreementDrafted,
    lambda v, n: (
        f"drafted a contract between {n(v.commissioner_id)} and {n(v.provider_id)} from {day(v.starts_on)}"
        + (f" to {day(v.ends_on)}" if v.ends_on else "")
    ),
)
says(a.TermsWritten, _terms)
says(
    a.PriceAgreed,
    lambda v, n: (
        f"agreed the price: {pounds(v.price.amount)} a {v.price.per}, {pounds(v.price.lifetime_value)} in all"
    ),
)
says(
    a.TenderRecorded,
    lambda v, n: (
        f"recorded how the provider was chosen: tender {v.tender.reference}, awarded on {day(v.tender.awarded_on)}"
    ),
)
says(a.ValueJudged, lambda v, n: "recorded a judgement of value for money")
says(
    a.AgreementSigned,
    lambda v, n: (
        f"recorded that the {v.signature.party} ({v.signature.signatory}) signed on {day(v.signature.on)}"
    ),
)
says(
    a.AgreementEnded,
    lambda v, n: f"ended the contract{' at once' if v.at_once else ''}; its last day is {day(v.on)}",
)
says(
    o.OrganisationFounded,
    lambda v, n: f"entered {v.name} as {'an' if v.kind[0] in 'aeio' else 'a'} {plain(v.kind)}",
)
says(o.NamedOfficerAppointed, lambda v, n: f"appointed {v.name} as named officer")
says(
    o.CalendarSet,
    lambda v, n: f"set the school calendar: {listed(term.name for term in v.calendar.in_order)}",
)
says(o.RoleGranted, _granted)
says(o.RoleRevoked, lambda v, n: f"revoked the role of {plain(v.role)} from {v.person_id}")
says(
    o.WarningsChosen,
    lambda v, n: (
        f"chose to be warned of: {listed(plain(rule) for rule in v.rules)}"
        if v.rules
        else "chose to be warned of no unverified or proposed rule"
    ),
)
says(
    o.AdviceRecorded,
    lambda v, n: f"advised {v.advice.asked_by} on {day(v.advice.on)}, about: {plain(v.advice.about)}",
)
says(
    o.NeedsAudited,
    lambda v, n: f"finished the needs audit on {day(v.audit.audited_on)}: {v.audit.document}",
)
says(
    o.InformationRequested,
    lambda v, n: (
        f"recorded a {plain(v.request.kind)}, {v.request.reference}, that came on {day(v.request.received_on)}"
    ),
)
says(
    o.InformationAnswered,
    lambda v, n: f"answered {v.answer.reference} on {day(v.answer.answered_on)}",
)
says(
    o.ParameterTightened,
    lambda v, n: (
        f"keeps to {v.value:,} instead of the published value of '{plain(v.parameter)}' from {day(v.in_force_from)}"
        if v.value is not None
        else f"keeps to the published value of '{plain(v.parameter)}' again from {day(v.in_force_from)}"
    ),
)
says(
    guidance_events.VersionPublished,
    lambda v, n: (
        f"published version {v.number} of '{plain(v.parameter)}': {v.value:,}"
        + (f" from {day(v.in_force_from)}" if v.in_force_from else "")
        + f" ({v.source})"
    ),
)
says(
    o.InspectionNotified,
    lambda v, n: (
        f"recorded that an inspection by {plain(v.notice.inspectorate)} was announced on {day(v.notice.notified_on)}"
        + (f", of {n(v.notice.provider_id)}" if v.notice.provider_id else "")
    ),
)
says(
    o.ComplaintReceived,
    lambda v, n: (
        f"recorded the complaint {v.complaint.reference} from {plain(v.complaint.from_whom)}, "
        f"received on {day(v.complaint.received_on)}"
        + (f", about {n(v.complaint.provider_id)}" if v.complaint.provider_id else "")
    ),
)
says(access_events.AccessRefused, _refused)
says(LooksNoted, _noted)
says(StoreChecked, _checked)
says(
    Corrected,
    lambda v, n: (
        f"corrected what entry {v.corrects} says about: {listed(plain(change.field) for change in v.changes)}"
    ),
)
says(
    TriggerIntroduced,
    lambda v, n: (
        f"began to act by itself from {day(v.from_on)} (version {v.version}): {v.sentence.rstrip('.')}"
    ),
)
says(
    CouldNotAct,
    lambda v, n: (
        f"could not do what the trigger '{plain(v.trigger)}' asks for: {plain(v.command) or 'it failed before that'} "
        f"({listed(plain(r) for r in v.reasons) or v.failed_with})"
    ),
)
says(AttendedTo, lambda v, n: "saw to what a trigger could not do")
