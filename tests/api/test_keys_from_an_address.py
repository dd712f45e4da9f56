"""The sign-in service's keys, fetched from its address: kept, renewed, and never a way to make us ask too often."""

from __future__ import annotations

import json

import httpx2
import pytest
from joserfc.jwk import ECKey

import api.signing_keys as signing_keys
from api.signing_keys import KeyAddress, keys_of


class Published:
    """The other side: what it publishes, and how often it was asked."""

    def __init__(self) -> None:
        self.keys = {"a": ECKey.generate_key("P-256", parameters={"kid": "a"})}
        self.asked, self.status = 0, 200

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        """Answer a request."""
        self.asked += 1
        public = [key.as_dict(private=False) for key in self.keys.values()]
        return httpx2.Response(self.status, content=json.dumps({"keys": public}).encode())


@pytest.fixture
def published() -> Published:
    """The other side."""
    return Published()


@pytest.fixture
def keys(published: Published) -> KeyAddress:
    """Our side."""
    client = httpx2.Client(transport=httpx2.MockTransport(published))
    return KeyAddress("https://sign-in.example/jwks", client)


def test_keys_are_fetched_once_and_kept(keys: KeyAddress, published: Published) -> None:
    for _ in range(10):
        assert [key.kid for key in keys.find("a")] == ["a"]
    assert published.asked == 1


def test_invented_key_ids_do_not_make_us_ask_again_and_again(keys: KeyAddress, published: Published) -> None:
    keys.find("a")
    for i in range(100):
        assert keys.find(f"invented {i}") == []
    assert published.asked == 1


def test_a_new_key_is_found_a_little_later(
    keys: KeyAddress, published: Published, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys.find("a")
    published.keys["b"] = ECKey.generate_key("P-256", parameters={"kid": "b"})
    assert keys.find("b") == []
    monkeypatch.setattr(signing_keys, "FETCH_EVERY", 0.0)
    assert [key.kid for key in keys.find("b")] == ["b"]


def test_known_keys_stay_while_the_sign_in_service_is_away(
    keys: KeyAddress, published: Published, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys.find("a")
    published.status = 503
    monkeypatch.setattr(signing_keys, "KEPT_FOR", 0.0)
    monkeypatch.setattr(signing_keys, "FETCH_EVERY", 0.0)
    assert [key.kid for key in keys.find("a")] == ["a"]
    assert published.asked == 2


@pytest.mark.parametrize("jwks", [b"", b"[]", b"{}", b'{"keys": 7}', b"\xff"])
def test_what_is_no_key_set_is_refused(jwks: bytes) -> None:
    with pytest.raises(ValueError, match=".*"):
        keys_of(jwks)


def test_keys_of_other_kinds_are_passed_over() -> None:
    others = [{"kty": "oct", "k": "c2VjcmV0", "kid": "s"}, {"kty": "EC", "crv": "P-521", "kid": "e"}, 7]
    usable = ECKey.generate_key("P-256", parameters={"kid": "good"}).as_dict(private=False)
    for_encryption = {**usable, "kid": "enc", "use": "enc"}
    found = keys_of(json.dumps({"keys": [*others, for_encryption, usable]}).encode())
    assert [key.kid for key in found] == ["good"]
