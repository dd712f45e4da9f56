"""What is said of a placement's events up to its first day."""

from __future__ import annotations

from domain import placement_events as e
from domain import referral_events as referral
from domain.facts.suitability import Proposal
from domain.referral_events import Referred
from domain.routes import terms_of
from projections.saying import Namer, amount, day, everyone, hours_and_sessions, label, listed, plain, says

PARTIES = {
    "child": "the child",
    "parent": "a parent",
    "commissioner": "the commissioner",
    "provider": "the provider",
}


def tomorrow_in_words(where: str) -> str:
    """Where the child is, as the end of a sentence."""
    return {
        "home_school": "the child goes back to the home school",
        "interim_provision": "the child goes to interim provision",
        "no_education": "the child has no education for the time being",
    }[where]


def _referred(event: Referred, name: Namer) -> str:
    route = terms_of(event.route).label
    school = f", from {name(event.home_school_id)}" if event.home_school_id else ""
    instead = " It takes the place of an earlier placement." if event.succeeds else ""
    return (
        f"referred the child to {name(event.commissioner_id)} for alternative provision{school}. "
        f"Reason: {label('placement_reason', event.reason)}. Route: {route[:1].lower() + route[1:]}.{instead}"
    ).removesuffix(".")


def _views(event: referral.ViewsRecorded, name: Namer) -> str:
    views = event.views
    whose = PARTIES[views.whose]
    if not views.words:
        return f"asked {whose} on {day(views.asked_on)}, who did not answer"
    agrees = {
        True: ", who agrees with the placement",
        False: ", who does not agree with the placement",
        None: "",
    }
    return f"wrote down what {whose} said on {day(views.asked_on)}{agrees[views.agrees]}"


def _proposed(event: e.ProviderProposed, name: Namer) -> str:
    p: Proposal = event.proposal
    return (
        f"proposed {name(p.provider_id)}, at {listed(p.sites)}, from {day(p.starts_on)}: "
        f"{hours_and_sessions(p.hours_per_week, p.sessions_per_week)}"
    )


def _suitability(event: e.SuitabilityAssessed, name: Namer) -> str:
    verdict = "right" if event.assessment.suitable else "not right"
    return f"assessed the proposed provider on {day(event.assessment.assessed_on)}, and found it {verdict} for the child"


def _individual_agreement(event: e.IndividualAgreementMade, name: Namer) -> str:
    a = event.agreement
    week = hours_and_sessions(a.hours_per_week, a.sessions_per_week)
    return (
        f"wrote the child's own agreement: {week}, from {day(a.starts_on)} to {day(a.ends_by)} at the latest"
    )


def _override_approved(event: e.OverrideApproved, name: Namer) -> str:
    alone = ", which the same person had asked for under a right to do so" if event.self_approved else ""
    return f"set aside {_rules(event.rules)} until {day(event.until)}{alone}"


def _rules(rules: tuple[str, ...]) -> str:
    counted = "the rule" if len(rules) == 1 else "the rules"
    return f"{counted} {listed(f'“{plain(rule)}”' for rule in rules)}"


says(referral.Referred, _referred)
says(referral.PassportUpdated, lambda v, n: "brought the child's information passport up to date")
says(
    referral.NeedsAssessed,
    lambda v, n: (
        f"assessed the child's needs on {day(v.assessment.assessed_on)}"
        + ": " * bool(v.assessment.needs)
        + "; ".join(label("sen_type", need.sen_type) for need in v.assessment.needs)
    ),
)
says(
    referral.EarlierSupportRecorded,
    lambda v, n: f"recorded support that was given before, from {day(v.support.from_on)}",
)
says(referral.ViewsRecorded, _views)
says(
    referral.ConsultationRecorded,
    lambda v, n: f"consulted: {plain(v.consultation.with_whom)}, on {day(v.consultation.on)}",
)
says(
    referral.ProfessionalsMet,
    lambda v, n: (
        f"held the professionals' meeting on {day(v.meeting.held_on)} with: {everyone(v.meeting.attended)}"
    ),
)
says(
    referral.NeedsAssessmentCompleted,
    lambda v, n: "completed the needs assessment, so that a provider can be sought",
)
says(e.ProviderProposed, _proposed)
says(e.SuitabilityAssessed, _suitability)
says(e.ProviderTurnedDown, lambda v, n: f"turned down {n(v.provider_id)}")
says(e.SuitabilityConfirmed, lambda v, n: "confirmed that the provider is right for the child")
says(e.AgreementChosen, lambda v, n: "chose the contract that governs the placement")
says(
    e.PlanWritten,
    lambda v, n: (
        f"wrote the learning plan, with {amount(len(v.plan.objectives), 'objective')} and a review every "
        f"{amount(v.plan.review_every_weeks, 'week')}; agreement to it is given anew"
    ),
)
says(
    e.PlanAgreedBy,
    lambda v, n: (
        f"recorded that {PARTIES[v.agreed.party]} agreed to the learning plan on {day(v.agreed.on)}, {v.agreed.how}"
    ),
)
says(e.IndividualAgreementMade, _individual_agreement)
says(
    e.IndividualAgreementSigned,
    lambda v, n: (
        f"recorded that {PARTIES[v.signature.party]} signed the child's agreement on {day(v.signature.on)}"
    ),
)
says(e.ContractCompleted, lambda v, n: "completed the contract, and the place is held")
says(e.ChosenAgain, lambda v, n: "gave the place back, because another provider has to be chosen")
says(
    e.RiskAssessed,
    lambda v, n: (
        f"prepared the risk assessment of {day(v.assessment.assessed_on)}, with "
        f"{amount(len(v.assessment.hazards), 'hazard')}; it is looked at again on {day(v.assessment.review_on)}"
    ),
)
says(e.RiskAccepted, lambda v, n: "accepted the risk assessment")
says(
    e.NoticeServed,
    lambda v, n: (
        f"served the notice of the off-site direction on {day(v.notice.served_on)}, to: {everyone(v.notice.to)}"
    ),
)
says(
    e.LocalAuthorityTold,
    lambda v, n: f"told the local authority on {day(v.informed.on)}: {v.informed.officer}",
)
says(
    e.TransportAndMealsArranged,
    lambda v, n: "arranged transport and meals, and gave plain information about the placement",
)
says(
    e.ReportingAgreed,
    lambda v, n: (
        "agreed how attendance and progress are reported, with a report every "
        f"{amount(v.reporting.progress_every_weeks, 'week')}"
    ),
)
says(
    e.ContingencyPlanned,
    lambda v, n: (
        f"planned for a breakdown: {tomorrow_in_words(v.contingency.tomorrow)}, answered for by {v.contingency.owner}"
    ),
)
says(
    e.Started,
    lambda v, n: f"started the placement on {day(v.on)}; the first review is on {day(v.first_review_on)}",
)
says(
    e.Withdrawn,
    lambda v, n: (
        f"ended the referral on {day(v.on)}, withdrawn by the {plain(v.by_whom)}; the child is taught: {plain(v.child_is_at)}"
    ),
)
says(e.OverrideRequested, lambda v, n: f"asked that {_rules(v.rules)} be set aside until {day(v.until)}")
says(e.OverrideApproved, _override_approved)
says(e.OverrideDeclined, lambda v, n: f"declined the request in entry {v.request} to set rules aside")
