"""The feed of events: pages that go on where the last one ended, and a stream that does the same."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse
from typing import Any

import pytest
import uvicorn

from service.api_process import Server
from tests.api.people import Service
from tests.support.walk import AUTHORITY, PLACEMENT, PROVIDER, THE_SERVICE


def everything(service: Service, who: str = "officer", limit: int = 7) -> list[dict[str, Any]]:
    """The whole feed, page by page."""
    found: list[dict[str, Any]] = []
    after = 0
    while True:
        page = service.get("/events", who, after=after, limit=limit).json()
        found += page["events"]
        assert page["next"] >= after
        after = page["next"]
        if not page["more"]:
            return found


def test_pages_of_any_length_tell_the_same_in_order(standing: Service) -> None:
    whole = everything(standing, limit=500)
    assert everything(standing, limit=7) == whole
    positions = [event["position"] for event in whole]
    assert positions == sorted(set(positions))
    started = next(event for event in whole if event["event"] == "placement.started")
    assert started["record_id"] == str(PLACEMENT)
    assert started["command"] == "start_placement"


def test_a_follower_goes_on_with_what_is_new(service: Service) -> None:
    after = service.get("/events", at_least=service.desk.history.head()).json()["next"]
    done = service.do("refer_child").json()
    page = service.get("/events", after=after, at_least=done["position"]).json()
    assert [event["event"] for event in page["events"]] == [
        "placement.referred",
        "placement.passport_updated",
    ]
    assert {event["record_id"] for event in page["events"]} == {done["id"]}
    assert service.get("/events", after=page["next"]).json()["events"] == []


def test_refusals_and_counts_of_places_are_in_nobodys_feed(standing: Service) -> None:
    assert {event["record"] for event in everything(standing, limit=500)} <= {
        "placement",
        "child",
        "provider",
        "agreement",
        "organisation",
        "attendance",
        "record",
    }


class Listener:
    """Who reads the stream line by line."""

    def __init__(self, port: int, token: str, **headers: str) -> None:
        self.connection = HTTPConnection("127.0.0.1", port, timeout=15)
        asked = {"Authorization": f"Bearer {token}", "Accept": "text/event-stream", **headers}
        self.connection.request("GET", "/events", headers=asked)
        self.answer: HTTPResponse = self.connection.getresponse()

    def close(self) -> None:
        """Hang up."""
        self.answer.close()
        self.connection.close()

    def hears_the_end(self) -> bool:
        """Whether the stream ends; it is listened to until then."""
        try:
            while self.next():
                pass
        except EOFError:
            return True
        return False

    def next(self) -> dict[str, str]:
        """The next event, without heartbeats."""
        fields: dict[str, str] = {}
        while True:
            line = self.answer.readline()
            if not line:
                raise EOFError
            text = line.decode().rstrip("\n")
            if not text and fields:
                return fields
            name, _, value = text.partition(": ")
            if name:
                fields[name] = value


@contextmanager
def on_a_port(service: Service) -> Iterator[tuple[int, Server]]:
    """The service behind a real web server."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        config = uvicorn.Config(
            service.app, log_config=None, access_log=False, lifespan="off", timeout_graceful_shutdown=2
        )
        server = Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            yield listening.getsockname()[1], server
        finally:
            server.should_exit = True
            thread.join(10)
            assert not thread.is_alive()


Listen = Callable[..., Listener]


@pytest.fixture
def listen(service: Service, port: int) -> Iterator[Listen]:
    """How somebody begins to listen, after a position or from now on; in the end all hang up."""
    listeners: list[Listener] = []

    def begin(who: str = "officer", after: str | None = None, token: str | None = None) -> Listener:
        position = str(service.desk.history.head()) if after is None else after
        listeners.append(Listener(port, token or service.token(who), **{"Last-Event-ID": position}))
        return listeners[-1]

    yield begin
    for listener in listeners:
        listener.close()


@pytest.fixture
def port(service: Service) -> Iterator[int]:
    """Where it answers."""
    with on_a_port(service) as (port, _):
        yield port


def test_the_stream_tells_what_happens_and_goes_on_after_the_last_event(
    service: Service, listen: Listen
) -> None:
    listener = listen()
    assert listener.answer.status == 200
    assert str(listener.answer.getheader("content-type")).startswith("text/event-stream")
    id = service.do("refer_child").json()["id"]
    first = listener.next()
    assert first["event"] == "placement.referred"
    assert json.loads(first["data"])["record_id"] == id
    second = listener.next()
    assert second["event"] == "placement.passport_updated"
    assert listen(after=first["id"]).next() == second


def test_the_stream_tells_others_nothing(service: Service, listen: Listen) -> None:
    listener = listen("stranger")
    service.do("refer_child")
    service.walk.do("publish_offer", PROVIDER, THE_SERVICE)
    assert listener.next()["event"] == "provider.offer_published"


def test_a_heartbeat_says_that_the_stream_is_still_there(
    listen: Listen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.feed.HEARTBEAT", 0.2)
    listener = listen()
    assert [listener.answer.readline() for _ in range(4)] == [b": ping\n", b"\n"] * 2


def test_who_loses_their_role_hears_no_more(
    service: Service, listen: Listen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.feed.ASK_AGAIN", 0.2)
    listener = listen("auditor")
    service.do("revoke_role", AUTHORITY, "admin", person_id="auditor@example", role="auditor")
    assert listener.hears_the_end()


def test_who_lost_their_role_hears_nothing_of_what_happens_next(service: Service, listen: Listen) -> None:
    listener = listen("auditor")
    service.do("revoke_role", AUTHORITY, "admin", person_id="auditor@example", role="auditor")
    assert listener.hears_the_end()


def test_the_stream_ends_at_once_when_the_service_stops(service: Service) -> None:
    with on_a_port(service) as (port, server):
        listener = Listener(port, service.token("officer"))
        listener.next()
        began = time.monotonic()
        server.should_exit = True
        assert listener.hears_the_end()
        assert time.monotonic() - began < 1.5
        listener.close()


def test_the_stream_begins_only_for_who_is_signed_in(listen: Listen) -> None:
    assert listen(token="nonsense").answer.status == 401
    assert listen(after="yesterday").answer.status == 400
