"""Every address: who has to sign in, and that commands and addresses are the same list."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fastapi.routing import APIRoute

from api.commands import NOT_OVER_HTTP
from tests.api.people import Service
from workflows.catalogue import COMMANDS

PUBLIC = {"/health/live", "/health/ready", "/metrics", "/problems", "/openapi.json"}
"""What anyone may read: nothing there is about anyone."""
ID = "00000000-0000-4000-8000-000000000000"


def routes(found: Any) -> Iterator[tuple[str, str]]:
    """Every method and address, also of routers inside routers."""
    for route in found:
        inner = getattr(route, "original_router", None)
        if inner is not None:
            yield from routes(inner.routes)
        else:
            yield from ((method, route.path) for method in sorted(route.methods - {"HEAD"}))


def test_nothing_but_a_named_few_is_answered_without_a_sign_in(standing: Service) -> None:
    found = set(routes(standing.app.routes))
    assert len(found) > 100
    answers = {
        (method, path): standing.client.request(
            method, path.replace("{id}", ID).replace("{command}", "x")
        ).status_code
        for method, path in found
    }
    open_to_all = {path for (_, path), status in answers.items() if status not in (401, 429)}
    assert open_to_all == PUBLIC


def test_a_stranger_is_not_told_of_a_moment_either(standing: Service) -> None:
    asked = {path for method, path in routes(standing.app.routes) if method == "GET"} - PUBLIC
    assert len(asked) > 50
    for path in asked:
        answer = standing.client.get(path.replace("{id}", ID), params={"as_of": "9" * 12})
        assert answer.status_code in (401, 429), path


def test_every_command_has_one_address_and_only_commands_are_posted(standing: Service) -> None:
    posted = [path for method, path in routes(standing.app.routes) if method == "POST"]
    assert len(posted) == len(set(posted)) == len(COMMANDS) - len(NOT_OVER_HTTP)
    assert all(method in ("GET", "POST") for method, _ in routes(standing.app.routes))


def test_a_refusal_is_recorded_by_the_service_and_by_nobody_else(standing: Service) -> None:
    assert "record_refusal" in COMMANDS
    assert not [path for _, path in routes(standing.app.routes) if "refusal" in path]


def test_the_framework_still_has_no_routes_of_its_own(standing: Service) -> None:
    assert not [r for r in standing.app.routes if isinstance(r, APIRoute) and r.path in ("/docs", "/redoc")]


def test_the_reference_is_there_for_everybody_who_is_signed_in(standing: Service) -> None:
    moves = standing.get("/moves", "rival").json()
    assert moves["mermaid"].startswith("stateDiagram-v2")
    assert "needs_assessment --> suitability_check: complete needs assessment" in moves["mermaid"]
    assert len(moves["stages"]) == 8
    assert all(rule["sentence"] and rule["source"] for move in moves["moves"] for rule in move["needs"])
    codes = standing.get("/codes", "rival").json()
    assert codes["sen_type"]["codes"]
    schema = standing.get("/schemas/start-placement", "rival").json()
    assert set(schema["required"]) == {"on", "first_review_on"}


def test_a_move_names_an_address_and_a_schema_that_exist(standing: Service) -> None:
    known = {path for method, path in routes(standing.app.routes) if method == "POST"}
    file = standing.get("/placements/5b0f6a52-6f0e-4d8e-9d54-000000000007?schemas=true").json()
    for move in file["moves"]:
        assert move["href"].replace(file["id"], "{id}") in known
        assert standing.get(move["schema_href"]).json() == move["schema"]
