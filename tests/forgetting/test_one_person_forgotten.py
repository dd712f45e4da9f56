"""One child is forgotten: nothing that was said is found anywhere, and everything else is as it was."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import psycopg
import pytest

from domain.child import Child
from history.ledger.notes import Signer
from history.ledger.sealer import Sealer
from history.ledger.verifying import verify
from history.store import History
from projections.comparing import differences
from projections.keeping_due import erasures_due
from projections.rebuilding import rebuild
from service.carrying_out import CarryingOut
from tests.api.people import Service
from tests.conformance.canaries import Canaries
from tests.forgetting.child_with_a_story import EVERY, PATIENCE, caught_up, erase
from tests.forgetting.searching import dump, files
from tests.support.walk import (
    AUTHORITY,
    CHILD,
    MONDAY,
    OFFICER,
    PLACEMENT,
    at,
)
from workflows.examples import EXAMPLES

SIGNER = Signer("council.example/placements", bytes(range(32, 64)))
COUNTS = (
    "SELECT stage, year_group, ehc_plan, looked_after, count(*) FROM read_models.caseload GROUP BY 1, 2, 3, 4 ORDER BY 1",
    "SELECT sex, year_group, sen_provision, sen_needs, weekly_sessions, count(*) FROM read_models.children GROUP BY 1, 2, 3, 4, 5",
    "SELECT * FROM read_models.attendance_totals ORDER BY register_id",
    "SELECT * FROM read_models.places ORDER BY 1",
)
READS = (
    "/children/{child}", "/children", "/children?name=canary", "/children/{child}/timeline", "/placements/{placement}",
    "/placements", "/placements/{placement}/timeline", "/placements/{placement}/events", "/placements/{placement}/attendance",
    "/children/{child}?as_of={before}", "/children/{child}/timeline?as_of={before}", "/placements?as_of={before}",
    "/placements/{placement}?as_of={before}", "/children?as_of={before}", "/events", "/metrics", "/due",
)  # fmt: skip


def heard(service: Service, canaries: Canaries, before: int, who: str = "officer") -> dict[str, set[str]]:
    """The canaries in every answer, as JSON and as CSV."""
    found: dict[str, set[str]] = {}
    for read in READS:
        path = read.format(child=CHILD, placement=PLACEMENT, before=before)
        for form in ("application/json", "text/csv"):
            answer = service.get(path, who, headers={"Accept": form})
            assert answer.status_code in (200, 400, 403, 406, 422), (path, answer.text)
            words = canaries.heard_in(answer.content)
            if words:
                found[f"{path} as {form}"] = words
    return found


@contextmanager
def somebody_else(dsn: str) -> Iterator[Callable[[], str]]:
    """Another process, which is asked what it reads."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.forgetting.somebody_else", dsn, str(CHILD)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip

    def ask() -> str:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write("?\n")
        process.stdin.flush()
        return process.stdout.readline().strip()

    try:
        yield ask
    finally:
        process.communicate(timeout=PATIENCE)


def test_one_child_is_forgotten_everywhere_and_all_else_is_as_it_was(
    service: Service, canaries: Canaries, database_url: str, owner: psycopg.Connection,
    capfd: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    history, before = service.desk.history, service.desk.history.head()
    owner.execute("ANALYZE")
    told = set().union(*heard(service, canaries, before).values())
    assert len(told) > 50, "the canaries were not there to be heard"
    assert any(canaries.heard_in(text) for _, text in files(owner)), "they were not on disk"
    wrapped = [
        row[0] for row in owner.execute("SELECT wrapped FROM history.keys WHERE subject = %s", [CHILD])
    ]
    assert len(wrapped) == 5
    counted = [owner.execute(count.encode()).fetchall() for count in COUNTS]
    events = owner.execute("SELECT notification_id, state FROM history.events ORDER BY 1").fetchall()

    with psycopg.connect(database_url, autocommit=True) as connection:
        sealer = Sealer(connection, history, SIGNER)
        while sealer.step():
            pass
        with somebody_else(database_url) as ask:
            assert ask().startswith("canary")
            listens_until = time.monotonic() + PATIENCE
            while not ask().endswith("listening"):
                assert time.monotonic() < listens_until
            erase(service)
            approved_at = time.monotonic()
            while (said := ask()) != "[erased] listening":
                assert time.monotonic() - approved_at < 0.5, said
        caught_up(service)()
        carrying_out = CarryingOut(database_url, history, at(MONDAY))
        assert carrying_out.step() == 1
        assert carrying_out.step() == 0
        caught_up(service)()
        owner.execute("ANALYZE")

        assert heard(service, canaries, before) == {}
        assert heard(service, canaries, before, "senior") == {}
        for place, text in [*dump(owner), *files(owner)]:
            assert (place, canaries.heard_in(text)) == (place, set())
            assert not any(key in text for key in wrapped), place
        logged = capfd.readouterr()
        assert canaries.heard_in((logged.out + logged.err).encode()) == set()

        while sealer.step():
            pass
    assert verify(history, [SIGNER.public]).intact
    stored = owner.execute(
        "SELECT notification_id, state FROM history.events WHERE notification_id <= %s ORDER BY 1",
        [events[-1][0]],
    )
    assert stored.fetchall() == events
    assert [owner.execute(count.encode()).fetchall() for count in COUNTS] == counted
    assert differences(history, database_url) == []
    rebuild(history, database_url)
    assert differences(history, database_url) == []
    assert heard(service, canaries, before) == {}


def test_the_story_says_when_and_by_whom_it_was_erased(service: Service, database_url: str) -> None:
    erase(service)
    caught_up(service)()
    CarryingOut(database_url, service.desk.history, at(MONDAY)).step()
    caught_up(service)()
    told = [entry["sentence"] for entry in service.get(f"/children/{CHILD}/timeline").json()["rows"]]
    record = service.desk.history.get(Child, CHILD).erasures[0]
    assert (
        "Senior (senior officer) erased the words about the child's identity, contact, health, safeguarding and narrative on "
        f"23 November 2026: they should never have been kept (request number {record.request})."
    ) in told
    assert (
        f"The service (Erasure) destroyed 5 keys, as event {record.approval} says: nobody can read those words any more."
    ) in told
    child = service.get(f"/children/{CHILD}").json()
    assert child["family_name"] == "[erased]"
    assert child["erasures"][0]["state"] == "carried_out"


def test_a_process_that_dies_between_approval_and_destruction_leaves_it_to_the_others(
    service: Service, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither the process that approved nor the one that follows has destroyed the keys: the worker does, once."""
    history = service.desk.history
    monkeypatch.setattr(History, "_carry_out", lambda *_: None)
    monkeypatch.setattr("projections.leading.carry_out", lambda *_: [])
    erase(service)
    caught_up(service)()
    approval = history.get(Child, CHILD).erasures[0].approval
    assert approval is not None
    history.keys.let_go()
    assert history.get(Child, CHILD).family_name != "[erased]"

    carrying_out = CarryingOut(database_url, history, at(MONDAY))
    assert carrying_out.step() == 1
    assert history.get(Child, CHILD).family_name == "[erased]"
    assert history.rows("SELECT cardinality(keys) FROM history.erasures", {}) == [(5,)]

    # What is said afterwards is sealed under a new key, and no one who asks again takes that one away.
    service.walk.do("record_carer", CHILD, OFFICER)
    history.keys.carry_out(CHILD, approval)
    assert set(history.get(Child, CHILD).carers) == {"[erased]", EXAMPLES["record_carer"]["carer"]["name"]}
    assert carrying_out.step() == 0


def test_a_copy_of_the_record_has_every_word_with_its_source_and_marks(
    service: Service, canaries: Canaries
) -> None:
    prepared = service.do("prepare_subject_access", CHILD, "senior")
    assert prepared.status_code == 200, prepared.text
    at_version = {"preparation": prepared.json()["version"]}
    path = f"/children/{CHILD}/subject-access"
    copy = service.get(path, "senior", **at_version)
    assert len(canaries.heard_in(copy.content)) > 50
    told = copy.json()["told"]
    facts = {(one["event"], fact["field"]): (one, fact) for one in told for fact in one["facts"]}
    event, name = facts["child.carer_recorded", "carer.name"]
    assert facts["child.registered", "identifiers.0.value"][1]["category"] == "identity"
    assert (name["about"], event["by"], event["true_on"]) == (
        "parent_or_carer",
        "Officer (commissioner)",
        "2026-11-23",
    )
    assert facts["child.social_worker_recorded", "social_worker.name"][1]["about"] == "social_worker"
    kept_closely = [fact for _, fact in facts.values() if fact["category"] == "safeguarding"]
    assert {fact["weigh"] for fact in kept_closely} == {"serious_harm"}
    assert {one["record"] for one in told} == {"child", "placement", "attendance", "places"}

    page = service.get(path, "senior", headers={"Accept": "text/html"}, **at_version)
    assert page.headers["content-type"].startswith("text/html")
    assert "<mark>about a parent or carer</mark>" in page.text
    assert_it_reads_as_words(page.text, copy.json())
    draft = service.get(path, "senior", **at_version, draft=True).json()
    taken_out = {
        f["value"]
        for one in draft["told"]
        for f in one["facts"]
        if f["about"] or f["weigh"] == "serious_harm"
    }
    assert taken_out == {"[taken out]"}
    assert service.get(path, "senior", preparation=1).status_code == 409
    assert service.get(path, "officer", **at_version).status_code == 403
    assert service.get(path, "stranger", **at_version).status_code == 404

    again = service.get(path, "senior", **at_version)
    assert again.content == copy.content
    erase(service)
    assert canaries.heard_in(service.get(path, "senior", **at_version).content) == set()


def test_who_answers_reads_what_the_person_says_and_what_it_is_about(service: Service) -> None:
    service.walk.do(
        "request_rectification",
        CHILD,
        OFFICER,
        record_id=str(CHILD),
        version=1,
        fields=["born_on"],
        asked_by="parent",
        asked_on="2026-11-23",
        statement="She was born a year earlier.",
    )
    answer = service.get(f"/children/{CHILD}", "senior").json()
    assert answer["rectifications"][-1] == {
        "request": answer["version"],
        "record_id": str(CHILD),
        "version": 1,
        "fields": ["born_on"],
        "outcome": "",
        "asked_by": "parent",
        "asked_on": "2026-11-23",
        "statement": "She was born a year earlier.",
        "about": "The service (Set-up) registered the child, for whom Inventshire Council is responsible.",
        "true_on": "2026-11-23",
    }
    version = service.do("prepare_subject_access", CHILD, "senior").json()["version"]
    prepared = service.get(f"/children/{CHILD}", "senior").json()["access_prepared"][-1]
    assert (prepared["preparation"], prepared["prepared_on"]) == (version, "2026-11-23")
    # A provider's person knows of the child by its placement, and reads neither what was said nor what it is about.
    seen = service.get(f"/children/{CHILD}", "provider")
    assert seen.status_code in (200, 404)
    assert "She was born a year earlier." not in seen.text


def assert_it_reads_as_words(page: str, copy: dict[str, Any]) -> None:
    """No id of an organisation, no code alone, no True, no ISO date and no time of Greenwich; the copy for machines has them."""
    facts = re.findall(r"<dt>(.*?)</dt><dd>(.*?)(?: <mark>.*)?</dd>", page)
    named = dict(facts)
    assert named["Authority"] == "Inventshire Council"
    assert named["Sex"].startswith(("F: ", "M: ", "U: "))
    assert named["Year group"].startswith("Year ")
    assert {"Yes", "No"} & {value for _, value in facts}
    assert not {"True", "False"} & {value for _, value in facts}
    assert not [value for _, value in facts if re.fullmatch(r"\d{4}-\d\d-\d\d.*", value)]
    assert not [label for label, _ in facts if "_" in label or re.search(r": \d+:", label)]
    assert " UTC" not in page
    assert "Written down on 23 November 2026 at " in page
    raw = {fact["value"] for one in copy["told"] for fact in one["facts"] if isinstance(fact["value"], str)}
    assert str(AUTHORITY) in raw


def test_a_hostile_name_is_only_a_name_on_the_page(service: Service) -> None:
    carer = {"name": "<script>alert(1)</script>", "relationship": "other"}
    service.walk.do("record_carer", CHILD, OFFICER, carer=carer)
    version = service.do("prepare_subject_access", CHILD, "senior").json()["version"]
    page = service.get(
        f"/children/{CHILD}/subject-access", "senior", headers={"Accept": "text/html"}, preparation=version
    )
    assert "<script" not in page.text


def test_what_is_due_is_listed_with_its_period_and_what_stands_against_it(service: Service) -> None:
    history = service.desk.history
    assert erasures_due(history, AUTHORITY, date(2026, 11, 23)) == ([], None)
    service.walk.do("end_social_work", CHILD, OFFICER)
    service.walk.do("place_hold", CHILD, OFFICER, categories=["health"])
    in_2044 = {one.category: one for one in erasures_due(history, AUTHORITY, date(2044, 1, 1)).due}
    # A child who was looked after: 75 years, unverified, so nothing is proposed before.
    assert in_2044 == {}
    found = {one.category: one for one in erasures_due(history, AUTHORITY, date(2088, 1, 1)).due}
    assert set(found) == set(EVERY)
    assert {one.status for one in found.values()} == {"may_be_erased"}
    assert (found["health"].period, found["health"].years, found["health"].mark) == (
        "record of a looked-after child",
        75,
        "U",
    )
    assert [len(one.holds) for one in (found["health"], found["contact"])] == [1, 0]
    erase_all = service.get("/erasures-due", "officer")
    assert erase_all.status_code == 403
    assert service.get("/erasures-due", "senior").json()["rows"] == []
