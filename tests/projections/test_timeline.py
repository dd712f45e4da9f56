"""The story of a record reads as sentences, each kind of event has one, and nobody reads what is not for them."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from uuid import uuid4

import psycopg

from domain.people import Scope
from domain.record import EVENT_KINDS
from history.store import History
from projections.audience import FOR_PROVIDERS, PROVIDER_SEES
from projections.entries import SENTENCES
from projections.raw import raw_events
from projections.reading import ReadModels
from projections.timeline import timeline
from tests.projections.conftest import Clock
from tests.projections.filling import Filling
from tests.support.destroying import destroy_keys
from tests.support.walk import (
    AUTHORITY,
    CHILD,
    OFFICER,
    PLACEMENT,
    PROVIDER,
    PROVIDER_STAFF,
    SAFEGUARDER,
    SENIOR,
    THE_SERVICE,
    Walk,
)

CaughtUp = Callable[[], None]
OURS = {kind for kind in EVENT_KINDS.values() if kind.__module__.startswith("domain.")}
SENTENCE = re.compile(r"^(The service \([^)]+\)|[^()]+ \([^)]+\)|[A-Z][^()]*) [a-z].*[^.]\.$", re.DOTALL)


def test_every_kind_of_event_has_a_sentence() -> None:
    assert {kind.__name__ for kind in OURS - set(SENTENCES)} == set()


def test_what_is_said_to_providers_is_of_kinds_they_see() -> None:
    assert set(FOR_PROVIDERS) <= PROVIDER_SEES


def test_a_life_reads_as_sentences(walk: Walk, history: History) -> None:
    walk.live_until("end_placement")

    story = timeline(history, [PLACEMENT])

    said = [entry.sentence for entry in story]
    assert "Senior (senior officer) accepted the risk assessment." in said
    started = "started the placement on 23 November 2026; the first review is on 11 December 2026."
    assert f"Officer (commissioner) {started}" in said
    assert said[0].startswith(
        "Officer (commissioner) referred the child to Inventshire Council for alternative provision, from Invented Academy."
    )
    assert [entry.position for entry in story] == sorted(entry.position for entry in story)


def test_every_stored_example_reads_as_a_sentence(walk: Walk, history: History) -> None:
    walk.live_until("start_placement")
    for name, record, asker in DETOURS:
        walk.do(name, record, asker)
    told = {stored.event.originator_id for stored in history.scan()}

    story = timeline(history, sorted(told))

    assert len(story) == history.head()
    for entry in story:
        assert SENTENCE.match(entry.sentence), entry.sentence
        assert not re.search(r"None|_|\{|\}|  |\.\.|<", entry.sentence), entry.sentence


DETOURS = [
    ("log_contact", PLACEMENT, OFFICER),
    ("report_progress", PLACEMENT, PROVIDER_STAFF),
    ("report_change", PLACEMENT, PROVIDER_STAFF),
    ("report_day", PROVIDER, PROVIDER_STAFF),
    ("code_session", PLACEMENT, OFFICER),
    ("raise_concern", PLACEMENT, OFFICER),
    ("request_override", PLACEMENT, OFFICER),
    ("report_safeguarding_concern", PLACEMENT, OFFICER),
    ("answer_tomorrow", PLACEMENT, OFFICER),
    ("resolve_safeguarding", PLACEMENT, SAFEGUARDER),
    ("recover_placement", PLACEMENT, OFFICER),
    ("correct_record", PLACEMENT, OFFICER),
    ("record_carer", CHILD, THE_SERVICE),
    ("record_ehc_plan", CHILD, THE_SERVICE),
    ("record_looked_after", CHILD, THE_SERVICE),
    ("record_social_worker", CHILD, THE_SERVICE),
    ("record_exclusion", CHILD, THE_SERVICE),
    ("suspend_provider", PROVIDER, THE_SERVICE),
    ("lift_suspension", PROVIDER, THE_SERVICE),
    ("grant_role", AUTHORITY, THE_SERVICE),
    ("appoint_named_officer", AUTHORITY, THE_SERVICE),
]


def test_a_story_can_be_told_as_it_stood(walk: Walk, history: History) -> None:
    referred = walk.live_until("refer_child")
    walk.do("assess_needs")
    walk.do("correct_record")

    [then, *_] = timeline(history, [PLACEMENT], as_at=referred.position)
    [now, *later] = timeline(history, [PLACEMENT])

    assert "Reason: permanent exclusion." in then.sentence
    assert (then.corrected_by, then.said_first) == ((), None)
    assert "Reason: other." in now.sentence
    assert now.said_first == then.sentence
    assert now.corrected_by == (later[-1].version,)
    assert (later[-1].corrects, later[-1].sentence) == (
        1,
        "Officer (commissioner) corrected what entry 1 says about: reason.",
    )
    assert "panel's letter" in later[-1].words


def test_an_entry_says_when_it_was_true_and_when_it_was_written_down(
    walk: Walk, clock: Clock, history: History
) -> None:
    clock.moment = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)
    grounds = {
        "occurred_on": "2026-11-20",
        "reason_code": "panel",
        "words": "The panel decided.",
        "known_at": 3,
    }
    walk.do("refer_child", decision=grounds)

    entry = timeline(history, [PLACEMENT])[0]

    assert (str(entry.true_on), entry.days_late) == ("2026-11-20", 3)
    assert entry.recorded_at == clock.moment
    assert (entry.reason_code, entry.words, entry.known_at) == ("panel", "The panel decided.", 3)
    assert entry.who is not None
    assert (entry.who.name, entry.who.roles, entry.who.organisation) == (
        "Officer",
        ("commissioner",),
        "Inventshire Council",
    )
    assert entry.rules
    assert entry.correlation_id is not None


def test_a_provider_reads_its_own_part_only(walk: Walk, history: History) -> None:
    walk.live_until("start_placement")
    walk.do("report_safeguarding_concern", PLACEMENT, OFFICER, concern=CONCERN)
    walk.do("resolve_safeguarding", PLACEMENT, SAFEGUARDER)

    story = timeline(history, [PLACEMENT], provider_id=PROVIDER)

    names = [entry.name for entry in story]
    assert names[0] == "placement.provider_proposed"
    assert "placement.suitability_assessed" not in names
    assert "Officer (commissioner) reported a safeguarding concern, and the placement stopped." in {
        entry.sentence for entry in story
    }
    for entry in story:
        assert (entry.rules, entry.words, entry.evidence) == ((), "", ())
        assert "social care" not in entry.sentence
    assert timeline(history, [PLACEMENT], provider_id=uuid4()) == []


CONCERN = {"on": "2026-11-23", "what": "Unmistakable.", "told": ["social_care"]}


def test_a_worry_about_its_staff_is_not_told_to_the_provider(walk: Walk, history: History) -> None:
    walk.live_until("start_placement")
    walk.do(
        "report_safeguarding_concern",
        PLACEMENT,
        OFFICER,
        concern={**CONCERN, "told": ["lado"], "about_staff": True},
    )

    told = {entry.name for entry in timeline(history, [PLACEMENT], provider_id=PROVIDER)}
    all_of_it = {entry.name for entry in timeline(history, [PLACEMENT])}

    assert all_of_it - told >= {"placement.safeguarding_concern_reported"}


def test_a_provider_reads_nothing_of_another(filling: Filling, history: History) -> None:
    first, second = filling.provider("First"), filling.provider("Second")
    placement = filling.placement(filling.child("Ann", "Other"), uuid4(), None, first)
    filling.propose(placement, second)

    [own] = timeline(history, [placement.id], provider_id=second)
    assert "Second" in own.sentence
    [own] = timeline(history, [placement.id], provider_id=first)
    assert "First" in own.sentence


def test_a_childs_story_has_the_placements_that_the_reader_may_know_of(
    walk: Walk, caught_up: CaughtUp, history: History, read_models: ReadModels
) -> None:
    walk.live_until("start_placement")
    walk.do("report_day", PROVIDER, PROVIDER_STAFF)
    caught_up()
    timelines = read_models.timelines(history)

    def told(scope: Scope) -> set[str]:
        return {entry.name.split(".")[0] for entry in timelines.of_child(scope, CHILD)}

    assert told(Scope(organisations=frozenset({AUTHORITY}))) == {"child", "placement", "attendance"}
    assert told(Scope(organisations=frozenset({uuid4()}))) == {"child"}
    assert told(Scope(provider_id=PROVIDER)) == {"placement", "attendance"}
    assert told(Scope(provider_id=uuid4())) == set()
    names = {entry.name for entry in timelines.of_placement(PLACEMENT)}
    assert "attendance.sessions_reported" in names


def test_an_entry_that_cannot_be_read_hides_no_other(
    filling: Filling, history: History, database: psycopg.Connection
) -> None:
    child = filling.child("Ann", "Other")
    insert = "INSERT INTO history.events VALUES (%s, 2, 'child.unheard_of', '{}', 2)"
    database.execute(insert, [child.id])

    [first, second] = timeline(history, [child.id])

    assert first.sentence == (
        "Nia Example (named officer) registered the child, for whom an organisation that is not known here is responsible."
    )
    assert (second.name, second.sentence) == ("", "This entry cannot be read (Unreadable).")
    [_, raw] = raw_events(history, child.id)
    assert (raw.name, raw.sealed, raw.opened) == ("child.unheard_of", {}, None)


def test_raw_events_are_shown_sealed_and_opened(filling: Filling, history: History) -> None:
    child = filling.child("Unmistakable", "Other")

    [raw] = raw_events(history, child.id)

    assert raw.sealed["given_names"].startswith("enc:2:")
    assert "Unmistakable" not in raw.stored
    assert raw.opened["given_names"] == "Unmistakable"
    assert raw.sealed["event"] == raw.opened["event"] == raw.name == "child.registered"


def test_erased_words_are_gone_from_a_story(filling: Filling, history: History) -> None:
    child = filling.child("Unmistakable", "Other")
    destroy_keys(history, child.id)

    assert "Unmistakable" not in str(raw_events(history, child.id)) + str(timeline(history, [child.id]))


def test_senior_officers_are_named_with_their_role(walk: Walk, history: History) -> None:
    walk.live_until("accept_risk")

    last = timeline(history, [PLACEMENT])[-1]
    assert last.who is not None
    assert (last.who.id, last.who.machine) == (SENIOR.person_id, False)
