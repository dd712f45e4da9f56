"""A token proves who asks; what they may do is in the organisation's record, at that moment."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

import pytest

from tests.api.people import ELSEWHERE, Service
from tests.support.walk import AUTHORITY, MONDAY, THE_SERVICE


def me(service: Service, token: str) -> Any:
    """What the service answers to who brings this token."""
    return service.client.get("/me", headers={"Authorization": f"Bearer {token}"})


def test_a_person_is_known_with_the_roles_that_the_organisation_grants(standing: Service) -> None:
    found = standing.get("/me").json()
    assert found["person_id"] == "officer@example"
    assert found["name"] == "Officer"
    assert found["organisation_id"] == str(AUTHORITY)
    assert found["roles"] == ["commissioner"]


@pytest.mark.parametrize("alg", ["EdDSA", "Ed25519"])
def test_both_kinds_of_signature_are_taken(service: Service, alg: str) -> None:
    service.issuer.add("second", "OKP")
    time.sleep(1.1)
    token = _signed_with_okp(service, alg)
    assert me(service, token).status_code == 200


def _signed_with_okp(service: Service, alg: str) -> str:
    import warnings

    from joserfc.errors import SecurityWarning

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SecurityWarning)
        return service.issuer.token("officer@example", AUTHORITY, kid="second", alg=alg)


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://other.example"},
        {"aud": "another-service"},
        {"aud": None},
        {"exp": int((MONDAY - timedelta(minutes=1)).timestamp())},
        {"exp": None},
        {"exp": "tomorrow"},
        {"exp": True},
        {"exp": 1e400},
        {"exp": 10**400},
        {"nbf": int((MONDAY + timedelta(minutes=1)).timestamp())},
        {"sub": None},
        {"sub": ""},
        {"sub": 7},
        {"sub": "a" * 201},
        {"sub": "officer\x00@example"},
        {"org": "not an id"},
        {"org": ["5b0f6a52-6f0e-4d8e-9d54-000000000001"]},
    ],
    ids=str,
)
def test_a_token_that_does_not_hold_is_refused(standing: Service, claims: dict[str, Any]) -> None:
    answer = me(standing, standing.issuer.token("officer@example", AUTHORITY, **claims))
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert answer.json()["type"] == "/problems#not-signed-in"


def test_clocks_may_differ_by_half_a_minute(standing: Service) -> None:
    late = int((MONDAY - timedelta(seconds=20)).timestamp())
    assert me(standing, standing.issuer.token("officer@example", AUTHORITY, exp=late)).status_code == 200


def test_the_published_key_is_no_shared_secret(standing: Service) -> None:
    forged = standing.issuer.forged_with_the_public_key("officer@example", AUTHORITY)
    assert me(standing, forged).status_code == 401


def test_an_unsigned_token_is_refused(standing: Service) -> None:
    head, claims, _ = standing.token("officer").split(".")
    none = "eyJhbGciOiJub25lIiwia2lkIjoiZmlyc3QifQ"
    assert me(standing, f"{none}.{claims}.").status_code == 401
    assert me(standing, f"{head}.{claims}.").status_code == 401


def test_a_changed_token_is_refused(standing: Service) -> None:
    head, claims, signature = standing.token("officer").split(".")
    other = standing.token("senior").split(".")[1]
    assert me(standing, f"{head}.{other}.{signature}").status_code == 401
    assert claims != other


@pytest.mark.parametrize(
    "token", ["", "x", "a.b.c", "...", "é.é.é", "e" * 9000, "eyJhbGciOiJFUzI1NiJ9.e30.e30"]
)
def test_nonsense_is_no_token(standing: Service, token: str) -> None:
    answer = standing.client.get("/me", headers=[(b"authorization", f"Bearer {token}".encode())])
    assert answer.status_code == 401


@pytest.mark.parametrize("header", [None, "Basic b2ZmaWNlcjpzZWNyZXQ=", "Bearer", "bearer  "])
def test_without_a_token_nobody_is_signed_in(standing: Service, header: str | None) -> None:
    answer = standing.client.get("/me", headers={"Authorization": header} if header else {})
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_key_that_was_never_published_is_unknown(service: Service) -> None:
    service.issuer.add("secret")
    service.issuer.publish("first")
    assert me(service, service.issuer.token("officer@example", AUTHORITY, kid="secret")).status_code == 401


def test_a_key_counts_when_it_is_published_and_not_after_it_is_withdrawn(service: Service) -> None:
    assert service.get("/me").status_code == 200
    service.issuer.add("second")
    service.issuer.publish("second")
    time.sleep(1.1)
    assert me(service, service.issuer.token("officer@example", AUTHORITY, kid="second")).status_code == 200
    assert service.get("/me").status_code == 401


def test_a_broken_file_of_keys_leaves_the_last_good_one(service: Service) -> None:
    assert service.get("/me").status_code == 200
    service.issuer.path.write_text('{"keys": [')
    time.sleep(1.1)
    assert service.get("/me").status_code == 200


def test_a_role_that_is_revoked_is_gone_at_once_although_the_token_still_holds(service: Service) -> None:
    token = service.token("auditor")
    assert me(service, token).status_code == 200
    revoked = service.do("revoke_role", AUTHORITY, "admin", person_id="auditor@example", role="auditor")
    assert revoked.status_code == 200
    answer = me(service, token)
    assert answer.status_code == 403
    assert service.reasons(answer) == {"no_role"}


def test_a_role_that_is_granted_counts_at_once(service: Service) -> None:
    token = service.issuer.token("new@example", AUTHORITY)
    assert me(service, token).status_code == 403
    service.do("grant_role", AUTHORITY, "admin", person_id="new@example", person_name="New", role="auditor")
    assert me(service, token).json()["roles"] == ["auditor"]


def test_a_role_ends_with_its_last_day(service: Service) -> None:
    service.do(
        "grant_role",
        AUTHORITY,
        "admin",
        person_id="temp@example",
        person_name="T",
        role="auditor",
        until="2026-11-22",
    )
    assert me(service, service.issuer.token("temp@example", AUTHORITY)).status_code == 403


def test_a_token_cannot_bring_roles_with_it(standing: Service) -> None:
    token = standing.issuer.token("nobody@example", AUTHORITY, roles=["commissioner"], role="administrator")
    assert me(standing, token).status_code == 403


def test_nobody_signs_in_as_a_part_of_the_service(standing: Service) -> None:
    assert me(standing, standing.issuer.token("setup", AUTHORITY)).status_code == 403


def test_who_belongs_to_one_organisation_need_not_name_it(standing: Service) -> None:
    assert standing.desk.read_models.wait_for(standing.desk.history.head(), 10)
    assert me(standing, standing.issuer.token("officer@example")).json()["organisation_id"] == str(AUTHORITY)


def test_who_belongs_to_several_has_to_say_for_whom_they_come(service: Service) -> None:
    service.walk.do(
        "grant_role", ELSEWHERE, THE_SERVICE, person_id="officer@example", person_name="O", role="auditor"
    )
    assert service.desk.read_models.wait_for(service.desk.history.head(), 10)
    answer = me(service, service.issuer.token("officer@example"))
    assert answer.status_code == 403
    assert service.reasons(answer) == {"organisation_not_named"}
    there = me(service, service.issuer.token("officer@example", ELSEWHERE)).json()
    assert there["roles"] == ["auditor"]


def test_an_organisation_that_does_not_exist_is_told_in_the_same_words_as_one_without_a_role(
    standing: Service,
) -> None:
    nowhere = me(standing, standing.issuer.token("officer@example", ELSEWHERE)).json()
    missing = me(
        standing,
        standing.issuer.token("officer@example", type(ELSEWHERE)("00000000-0000-4000-8000-000000000000")),
    ).json()
    assert nowhere.pop("instance") != missing.pop("instance")
    assert nowhere == missing


def test_strangers_are_slowed_down_and_those_with_a_token_are_not(service: Service) -> None:
    statuses = [service.client.get("/me").status_code for _ in range(125)]
    assert statuses[:120] == [401] * 120
    assert statuses[120:] == [429] * 5
    refused = service.client.get("/me")
    assert int(refused.headers["Retry-After"]) > 0
    assert service.get("/me").status_code == 200
