"""The published numbers over HTTP: read by everybody who is signed in, and published by nobody but whoever runs the service."""

from __future__ import annotations

from domain.guidance import guidance_id
from domain.parameters.catalogue import PARAMETERS
from service.publishing import publish_what_is_shipped
from tests.api.people import Service
from tests.support.walk import AUTHORITY, THE_SERVICE

WARNING = "expiry_warning_days"
LATER = "2026-12-01"


def test_a_number_is_published_and_tightened_and_every_version_can_be_read(service: Service) -> None:
    publish_what_is_shipped(service.desk.casework, service.desk.history)
    listed = service.get("/guidance", "provider").json()
    assert [row["name"] for row in listed["rows"]] == list(PARAMETERS)

    told = {
        "value": 40,
        "in_force_from": LATER,
        "source": "Policy 3",
        "mark": "design",
        "why": "It was too late.",
    }
    address = f"/guidance/{guidance_id(WARNING)}/publish-version"
    assert {service.post(address, told, who).status_code for who in ("officer", "head", "admin")} == {404}
    done = service.walk.do("publish_version", guidance_id(WARNING), THE_SERVICE, **told)
    own = {"parameter": WARNING, "value": 60, "in_force_from": LATER, "why": "We need the time."}
    assert service.post(f"/organisations/{AUTHORITY}/tighten-parameter", own, "admin").status_code == 200

    shown = service.get(f"/guidance/{WARNING}").json()
    assert [(v["number"], v["value"], v["in_force_from"]) for v in shown["versions"]] == [
        (1, 28, None),
        (2, 40, LATER),
    ]
    assert (shown["in_force"]["value"], shown["for_you"]["value"]) == (28, 28)
    before = service.get(f"/guidance/{WARNING}", as_of=done.position - 1).json()
    assert len(before["versions"]) == 1


def test_a_number_is_found_by_its_name_or_its_id_and_by_nothing_else(standing: Service) -> None:
    by_name = standing.get(f"/guidance/{WARNING}", "provider").json()
    assert standing.get(f"/guidance/{guidance_id(WARNING)}", "provider").json() == by_name
    assert standing.get("/guidance/shoe_size").status_code == 404
    assert standing.client.get("/guidance").status_code == 401


def test_what_is_looser_than_published_is_refused_in_words(service: Service) -> None:
    publish_what_is_shipped(service.desk.casework, service.desk.history)
    looser = {"parameter": "deadline_t13", "value": 1, "in_force_from": LATER, "why": "x"}
    said = service.post(f"/organisations/{AUTHORITY}/tighten-parameter", looser, "admin")
    assert said.status_code == 409
    assert said.json()["reasons"][0]["code"] == "looser_than_published"
