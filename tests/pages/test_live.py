"""A page hears that there is news, of records that its reader may know of, and hears nothing of what it is."""

from __future__ import annotations

import asyncio
import contextlib
from uuid import UUID, uuid4

from api.pages.live import NEWS, STILL_THERE, _news
from api.pages.the_api import TheApi
from api.pages.visiting import Visit
from api.tokens import SignedIn
from tests.api.people import PEOPLE, Service
from tests.support.walk import AUTHORITY, CHILD, PLACEMENT


async def _first_news(
    service: Service, who: str, after: int, seconds: float, about: UUID | None = None
) -> list[bytes]:
    api = TheApi(service.app, SignedIn(f"{who}@example", PEOPLE[who][0]), uuid4())
    said: list[bytes] = []

    async def hear() -> None:
        async for part in _news(Visit(None, api, {}, None), after, about):  # type: ignore[arg-type]
            said.append(part)
            if part == NEWS:
                return

    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(hear(), seconds)
    return said


def test_there_is_news_when_something_happened_and_it_says_only_that(service: Service) -> None:
    before = service.desk.history.head()
    service.walk.live_until("refer_child")
    heard = asyncio.run(_first_news(service, "officer", before, 20))
    assert heard[-1] == NEWS
    assert set(heard) <= {NEWS, STILL_THERE}


def test_what_happens_elsewhere_is_no_news(service: Service) -> None:
    before = service.desk.history.head()
    service.walk.live_until("refer_child")
    assert asyncio.run(_first_news(service, "stranger", before, 2)) == [STILL_THERE]


def test_a_page_about_one_record_hears_of_that_one_only(service: Service) -> None:
    service.walk.live_until("refer_child")
    before = service.desk.history.head()
    service.walk.do("assess_needs")
    assert set(asyncio.run(_first_news(service, "officer", before, 2, CHILD))) == {STILL_THERE}
    assert asyncio.run(_first_news(service, "officer", before, 20, PLACEMENT))[-1] == NEWS


def test_a_role_that_is_taken_away_ends_the_stream(service: Service) -> None:
    before = service.desk.history.head()
    service.walk.live_until("refer_child")
    service.do("revoke_role", AUTHORITY, "admin", person_id="officer@example", role="commissioner")
    assert service.desk.read_models.wait_for(service.desk.history.head(), 20)
    assert NEWS not in asyncio.run(_first_news(service, "officer", before, 2))
