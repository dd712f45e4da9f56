"""What was erased is not erased again: neither by who was a moment later, nor by who asks afterwards, unless something was said since."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

import pytest

from domain.child import Child
from domain.people import Role
from domain.reasons import Refused
from history.store import History, Saved
from service.carrying_out import CarryingOut
from tests.api.people import KEY
from tests.support.cut_off import follow
from tests.support.walk import CHILD, MONDAY, OFFICER, SENIOR, Walk, at, person
from workflows.casework import Casework

DATA = person("data", Role.DATA_OFFICER)
EVERY = ["identity", "contact", "health", "safeguarding", "narrative"]
PATIENCE = 20.0


class Slow(History):
    """Another process, which has decided and takes its time to write it down."""

    decided, go_on = Event(), Event()

    def save(self, *records: Any, **more: Any) -> Saved:
        self.decided.set()
        assert self.go_on.wait(PATIENCE)
        return super().save(*records, **more)


def test_of_two_who_approve_at_once_one_is_told_of_the_other(database_url: str) -> None:
    first, second = History(database_url, master_key=KEY), Slow(database_url, master_key=KEY, pool_size=2)
    walk, other = Walk(Casework(first, at(MONDAY))), Walk(Casework(second, at(MONDAY)))
    walk.set_up()
    walk.do("request_erasure", CHILD, OFFICER, categories=EVERY, ground="unlawful")
    request = first.get(Child, CHILD).erasures[0].request
    with ThreadPoolExecutor(1) as pool:
        late = pool.submit(other.do, "approve_erasure", CHILD, DATA, request=request)
        assert second.decided.wait(PATIENCE)
        walk.do("approve_erasure", CHILD, SENIOR, request=request)
        second.go_on.set()
        with pytest.raises(Refused) as refused:
            late.result(PATIENCE)
    [reason] = refused.value.reasons
    assert reason.code == "already_erased"
    assert reason.message.startswith("Already erased on 23 November 2026 by Senior: identity, contact,")
    assert first.rows("SELECT count(*) FROM history.erasures", {}) == [(1,)]
    assert first.rows("SELECT count(*) FROM history.events WHERE topic = 'child.erasure_approved'", {}) == [
        (1,)
    ]
    second.close()
    first.close()


def test_it_is_erased_again_only_when_something_was_said_since(database_url: str) -> None:
    history = History(database_url, master_key=KEY)
    walk = Walk(Casework(history, at(MONDAY)))
    walk.set_up()

    def ask(*categories: str) -> int:
        walk.do("request_erasure", CHILD, OFFICER, categories=list(categories), ground="unlawful")
        return history.get(Child, CHILD).erasures[-1].request

    walk.do("approve_erasure", CHILD, SENIOR, request=ask(*EVERY))
    follow(database_url, history)
    assert CarryingOut(database_url, history, at(MONDAY)).step() == 1
    for asked in (EVERY, ["health"]):
        with pytest.raises(Refused) as refused:
            ask(*asked)
        assert [reason.code for reason in refused.value.reasons] == ["already_erased"]

    walk.do("record_carer", CHILD, OFFICER)
    with pytest.raises(Refused):
        ask("health", "safeguarding")
    walk.do("approve_erasure", CHILD, SENIOR, request=ask("contact"))
    assert history.rows("SELECT categories FROM history.erasures ORDER BY nth", {})[1:] == [(["contact"],)]
    assert {carer.contact for carer in history.get(Child, CHILD).carers.values()} == {"[erased]"}
    history.close()
