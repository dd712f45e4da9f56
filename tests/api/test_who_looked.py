"""Auditors ask who looked, who tried, and who could have seen what: the answer is the one that was given then."""

from __future__ import annotations

import csv
import io
import random
import re
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from api.could_see import was_decided_so
from api.sheets import oversight
from domain.looks import LOOKS_TOLD_FOR, Look, Right
from domain.looks import Looks as Batch
from domain.people import Role
from projections.look_rows import LookRow
from projections.looks import Looks, MayBeTold
from projections.sought_looks import Sought
from tests.api.people import ELSEWHERE, PEOPLE, Service
from tests.support.walk import AUTHORITY, CHILD, MONDAY, PLACEMENT, SCHOOL, THE_SERVICE, at
from workflows.noting_looks import THE_BOOK, NoteLooks

ALL = MayBeTold(None, frozenset, everything=True)


@pytest.fixture
def started(service: Service) -> Service:
    """The service with a placement that has started, and read models that know of it."""
    service.walk.live_until("start_placement")
    assert service.desk.read_models.wait_for(service.desk.history.head(), 20)
    return service


def written(service: Service, sought: Sought = Sought()) -> list[LookRow]:  # noqa: B008 - it is frozen
    """All looks on record, newest first."""
    service.desk.looks.write()
    return list(Looks(service.desk.history).every(ALL, sought))


def asked(service: Service, who: str = "auditor", **of: Any) -> list[dict[str, Any]]:
    """What an auditor is told of looks."""
    service.desk.looks.write()
    answer = service.get("/looks", who, **of)
    assert answer.status_code == 200, answer.text
    return list(answer.json()["rows"])


def could_see(service: Service, who: str, part: str, **of: Any) -> dict[str, Any]:
    """Whether someone could see a part of the placement's file."""
    address = f"/could-see?person_id={who}@example&record_id={PLACEMENT}&path={part}"
    told: dict[str, Any] = service.get(
        address + "".join(f"&{k}={v}" for k, v in of.items()), "auditor"
    ).json()
    return told


def test_who_looked_at_this_child_is_found_by_any_of_the_childs_records(started: Service) -> None:
    started.get(f"/placements/{PLACEMENT}/timeline", "provider")
    started.get(f"/children/{CHILD}", "head")
    started.get("/placements", "officer")
    started.get("/events", "senior", limit=500)
    started.get("/providers", "rival")
    rows = asked(started, child_id=str(CHILD))
    assert [row["person_id"] for row in rows] == [
        f"{n}@example" for n in ("senior", "officer", "head", "provider")
    ]
    assert [row["how"] for row in rows] == ["followed", "listed", "read", "read"]


def test_what_a_person_looked_at_and_what_they_were_refused(started: Service) -> None:
    started.get(f"/placements/{PLACEMENT}")
    started.get(f"/placements/{PLACEMENT}", "stranger")
    started.do("call_review", who="provider")
    started.get(f"/children/{CHILD}", "provider")
    assert [row["outcome"] for row in asked(started, person_id="provider@example")] == [
        "shown",
        "not_permitted",
    ]
    failed = asked(started, failed="true")
    assert {(row["person_id"], row["outcome"]) for row in failed} >= {("provider@example", "not_permitted")}


def test_one_is_told_of_ones_own_people_and_of_looks_at_what_one_may_know_of(started: Service) -> None:
    grant = {"person_id": "their-auditor@example", "person_name": "A", "role": Role.AUDITOR.value}
    started.walk.do("grant_role", ELSEWHERE, THE_SERVICE, **grant)
    started.get(f"/placements/{PLACEMENT}", "officer")
    started.get(f"/placements/{PLACEMENT}", "stranger")
    started.desk.looks.write()
    token = started.issuer.token("their-auditor@example", ELSEWHERE)
    answer = started.client.get("/looks", headers={"Authorization": f"Bearer {token}"})
    assert {row["person_id"] for row in answer.json()["rows"]} == {"stranger@example"}
    # Of a stranger who tried, the child's own authority is told.
    assert ("stranger@example", "not_found") in {
        (row["person_id"], row["outcome"]) for row in asked(started, record_id=str(PLACEMENT))
    }


@pytest.mark.parametrize("who", ["officer", "head", "provider", "rival"])
def test_who_looked_is_not_for_everybody(standing: Service, who: str) -> None:
    for path in ("/looks", "/looks/readers", "/looks/gaps", f"/children/{CHILD}/looks"):
        assert standing.get(path, who).status_code == 403
    asking: dict[str, Any] = {"person_id": "officer@example", "record_id": str(PLACEMENT)}
    assert standing.get("/could-see", who, **asking).status_code == 403


def test_to_look_at_the_looks_is_a_look_at_the_child(started: Service) -> None:
    asked(started, child_id=str(CHILD))
    assert asked(started, child_id=str(CHILD))[0]["route"] == "GET /looks"


def test_looks_come_page_by_page_and_in_a_file(started: Service) -> None:
    for _ in range(5):
        started.get(f"/placements/{PLACEMENT}")
    whose: dict[str, Any] = {"person_id": "officer@example"}
    started.desk.looks.write()
    found, mark = [], None
    while True:
        page = started.get("/looks", "auditor", limit=2, **whose, **({"after": mark} if mark else {})).json()
        found += page["rows"]
        mark = page["next"]
        if mark is None:
            break
    assert [(row["batch"], row["number"]) for row in found] == [
        (row.batch, row.number) for row in written(started, Sought(person_id="officer@example"))
    ]
    file = started.get("/looks", "auditor", headers={"Accept": "text/csv"}, **whose)
    assert file.text.count("A placement: the file") == 5
    assert started.get("/looks", "auditor", after="nonsense").status_code == 400


def test_the_file_names_every_child_who_was_on_a_page(
    started: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    for i in range(2):
        assert started.do("register_child", given_names=f"Zoë {i}", identifiers=[]).status_code == 201
    started.get("/children", at_least=started.desk.history.head())
    started.desk.looks.write()

    def told(who: str) -> tuple[str, str]:
        file = started.get(
            "/looks", who, headers={"Accept": "text/csv"}, person_id="officer@example", how="listed"
        )
        rows = csv.DictReader(io.StringIO(file.content.decode("utf-8-sig")))
        [row] = [row for row in rows if row["Children of whom you may know"] == "3"]
        return row["About the children"], row["Sign-in name"]

    about, who = told("auditor")
    assert who == "officer@example"
    assert re.fullmatch(r"Robin Sample; Zoë 0[^;]*; Zoë 1[^;]*", about)
    monkeypatch.setattr(oversight, "NAMED", 2)
    assert told("auditor")[0] == "3 children: see the JSON, which has them all"


def test_a_page_ends_where_many_looks_were_weighed_and_the_next_goes_on_from_there(started: Service) -> None:
    right = Right(row="placement", roles=("commissioner",), relations=(), organisation_id=AUTHORITY)
    for n in range(900):
        who, outcome = ("rare@example", "not_found") if n % 300 == 7 else ("often@example", "shown")
        started.desk.looks.note(
            Look(at=MONDAY, person_id=who, how="read", outcome=outcome, route="GET /x", right=right)  # type: ignore[arg-type]
        )
    failed = Sought(failed=True)
    every = written(started, failed)
    assert [row.person_id for row in every] == 3 * ["rare@example"]
    found: list[LookRow] = []
    mark, ended = None, 0
    while True:
        page = Looks(started.desk.history).page(ALL, failed, after=mark, limit=50, at_most=200)
        found, mark, ended = [*found, *page.rows], page.next, ended + (page.back_to is not None)
        assert (mark is None) == (page.back_to is None)
        if mark is None:
            break
    assert found == every
    assert ended >= 4
    assert asked(started, failed=True, how="read")[:3] != []


def test_a_child_is_told_of_roles_and_organisations_and_of_no_officers_name(started: Service) -> None:
    started.get(f"/placements/{PLACEMENT}")
    started.get(f"/placements/{PLACEMENT}")
    started.desk.looks.write()
    told = started.get(f"/children/{CHILD}/looks", "auditor")
    assert "@example" not in told.text
    [row] = [row for row in told.json()["rows"] if row["roles"] == ["commissioner"]]
    assert (row["on"], row["organisation_id"], row["how"], row["times"]) == (
        "2026-11-23",
        str(AUTHORITY),
        "read",
        2,
    )


def test_could_this_officer_have_seen_the_risk_assessment_before_they_were_let_go(started: Service) -> None:
    before = started.desk.history.head()
    started.get(f"/placements/{PLACEMENT}")
    started.desk.looks.write()
    started.walk.do(
        "revoke_role", AUTHORITY, THE_SERVICE, person_id="officer@example", role=Role.COMMISSIONER.value
    )
    then = could_see(started, "officer", "risk", as_of=before)
    assert (then["could"], then["looked"]) == (True, True)
    assert then["answers"][0]["there_was_something"] is True
    now = could_see(started, "officer", "risk")
    assert (now["could"], now["answers"]) == (False, [])


def test_of_a_name_that_nobody_has_it_is_said_and_who_may_be_meant_is_offered(started: Service) -> None:
    unknown = could_see(started, "offiser", "risk")
    assert (unknown["could"], unknown["person_known"]) == (False, False)
    assert {"person_id": "officer@example", "name": "Officer"} in unknown["similar"]
    assert all(
        one["person_id"] not in ("stranger@example", "head@example")
        for one in could_see(started, "", "")["similar"]
    )
    officer = could_see(started, "officer", "risk")
    assert (officer["person_known"], officer["similar"]) == (True, [])


def test_what_a_relation_hides_could_not_be_seen(started: Service) -> None:
    def could(who: str, path: str) -> bool:
        return bool(could_see(started, who, path)["could"])

    assert could("provider", "risk")
    assert not could("provider", "safeguarding")
    assert not could("provider", "suitability.value_for_money")
    assert could("head", "safeguarding")
    assert not could("head", "commission.price_per_week")
    assert not could("rival", "risk")
    assert could_see(started, "officer", "riks")["status"] == 422


def test_every_look_can_be_decided_again_however_roles_come_and_go(started: Service) -> None:
    """Roles and relations change at random, and everybody reads at random: the history gives the same answer again each time."""
    chance = random.Random(2026)  # noqa: S311 - nothing is kept secret with it
    moment = MONDAY
    for _ in range(80):
        moment += timedelta(minutes=7)
        started.desk.casework.clock = lambda moment=moment: moment  # type: ignore[misc]
        who = chance.choice(sorted(PEOPLE))
        organisation, _ = PEOPLE[who]
        match chance.randrange(6):
            case 0:
                role = {"person_id": f"{who}@example", "role": chance.choice(_fitting(who)).value}
                started.walk.do("grant_role", organisation, THE_SERVICE, **role, person_name=who)
            case 1:
                held = _roles(started, who)
                if held:
                    role = {"person_id": f"{who}@example", "role": chance.choice(held).value}
                    started.walk.do("revoke_role", organisation, THE_SERVICE, **role)
            case 2:
                school = chance.choice([SCHOOL, None, SCHOOL])
                started.walk.do(
                    "change_home_school",
                    PLACEMENT,
                    THE_SERVICE,
                    home_school_id=str(school) if school else None,
                )
            case _:
                started.desk.read_models.wait_for(started.desk.history.head(), 10)
                started.get(chance.choice([f"/placements/{PLACEMENT}", f"/children/{CHILD}"]), who)
    rows = [row for row in written(started) if row.how == "read"]
    assert len(rows) > 25
    assert len({row.outcome for row in rows}) == 2
    assert len({(row.row, row.relations, row.roles) for row in rows}) > 8
    assert [row for row in rows if not was_decided_so(started.desk, row)] == []
    assert not was_decided_so(started.desk, _forged(rows))


def _fitting(who: str) -> list[Role]:
    """The roles that there are at such an organisation."""
    if who in ("provider", "rival"):
        return [Role.PROVIDER_STAFF, Role.ADMINISTRATOR]
    return [role for role in Role if role is not Role.PROVIDER_STAFF]


def _roles(service: Service, who: str) -> list[Role]:
    from domain.organisation import Organisation

    organisation = service.desk.history.get(Organisation, PEOPLE[who][0])
    return sorted(organisation.roles_of(f"{who}@example", at(MONDAY)().date()))


def _forged(rows: list[LookRow]) -> LookRow:
    """A look that was not allowed, said to have been."""
    import msgspec

    turned_away = next(row for row in rows if row.outcome == "not_found")
    return msgspec.structs.replace(turned_away, outcome="shown", row="placement", relations=("commissioner",))


def test_counts_of_reading_say_where_to_ask(started: Service) -> None:
    started.get(f"/placements/{PLACEMENT}")
    started.get("/children", headers={"Accept": "text/csv"})
    started.get("/children", name="Nobody")
    started.desk.looks.write()
    rows = started.get("/looks/readers", "auditor").json()["rows"]
    [officer] = [row for row in rows if row["person_id"] == "officer@example"]
    told = (officer["children"], officer["children_in_files"], officer["searches"], officer["out_of_hours"])
    assert told == (1, 1, 1, 0)
    assert {row["organisation_id"] for row in rows} == {str(AUTHORITY)}


def test_a_batch_that_was_taken_away_and_an_end_that_is_missing_are_seen(started: Service) -> None:
    for _ in range(3):
        started.get(f"/placements/{PLACEMENT}")
        started.desk.looks.write()
    [process] = started.get("/looks/gaps", "auditor").json()["rows"]
    assert (process["ended"], process["missing_batches"], process["looks"]) == (False, [], 3)
    # Another process, of whose three batches the second was taken away. What was added up before is not opened again.
    other = uuid4()
    for batch in (1, 3):
        noted = NoteLooks(process=other, part="api", batch=batch, first=batch, missed=batch)
        started.desk.casework.perform(noted, THE_BOOK, Batch.id_for(other, batch))
    rows = started.get("/looks/gaps", "auditor").json()["rows"]
    without = next(row for row in rows if row["process"] == str(other))
    assert (without["missing_batches"], without["missed"], without["looks"]) == ([2], 4, 0)
    assert [row for row in rows if row["process"] == process["process"]] == [process]
    assert started.get("/looks/gaps", "auditor").json()["rows"] == rows


def test_looks_of_long_ago_are_told_to_those_who_ask_for_them(started: Service) -> None:
    started.get(f"/placements/{PLACEMENT}")
    started.desk.looks.write()
    later = MONDAY + timedelta(days=7 * 366)
    rows = written(started, Sought(person_id="officer@example", since=LOOKS_TOLD_FOR.since(later)))
    assert rows == []
    assert written(started, Sought(person_id="officer@example", since=LOOKS_TOLD_FOR.since(MONDAY))) != []


def test_looks_of_earlier_days_end_a_page_and_are_not_gone_through(started: Service) -> None:
    def look(who: str, at: datetime) -> None:
        right = Right(row="scope", roles=("commissioner",), organisation_id=AUTHORITY)
        started.desk.casework.clock = lambda: at
        started.desk.looks.note(Look(at=at, person_id=who, how="listed", route="GET /x", right=right))
        started.desk.looks.write()

    days = [MONDAY + timedelta(days=n) for n in range(4)]
    for n, day in enumerate(days):
        look(f"day-{n}@example", day)
    looks = Looks(started.desk.history)
    for n, day in enumerate(days):
        page = looks.page(ALL, Sought(how="listed", since=day), limit=50, at_most=50)
        assert [row.person_id for row in page.rows] == [f"day-{later}@example" for later in (3, 2, 1, 0)][
            : 4 - n
        ]
    none = looks.page(ALL, Sought(how="followed", since=days[2]), limit=50, at_most=3)
    assert (none.rows, none.next, none.back_to) == ([], None, None)
