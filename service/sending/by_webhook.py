"""Signed HTTP requests to other systems: Standard Webhooks headers, a CloudEvent as the body, and in it ids only."""

from __future__ import annotations

import base64
import hashlib
import hmac
import http.client
import ipaddress
import json
import socket
import ssl
from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlsplit

from domain.facts.telling import Channel
from service.sending.letter import Letter, NotCarried

TIMEOUT = 10.0
GONE = 410
"""By this an endpoint says that it wants no more (Standard Webhooks)."""
SOURCE = "/placements"


class ByWebhook:
    """Nobody is followed elsewhere, and nothing is sent to an address within one's own network."""

    channel: Channel = "webhook"

    def __init__(
        self,
        clock: Callable[[], datetime],
        *,
        source: str = SOURCE,
        may_be_local: bool = False,
        authorities: str | None = None,
    ) -> None:
        """`may_be_local`: also addresses of this computer and its network, which an organisation could otherwise use to reach what
        only the service can reach. `authorities`: a file with certificates to trust besides."""
        self._clock, self._source, self._may_be_local = clock, source, may_be_local
        self._context = ssl.create_default_context()
        if authorities is not None:
            self._context.load_verify_locations(authorities)

    def carry(self, letter: Letter) -> str:
        """The other system said that it has it. Raises NotCarried."""
        body = self._body(letter)
        parts = urlsplit(letter.to)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection = http.client.HTTPSConnection(
            parts.hostname or "", parts.port or 443, timeout=TIMEOUT, context=self._context
        )
        try:
            connection.connect()
            self._require_public(connection.sock)
            connection.request("POST", path, body, self.headers(letter, body))
            status = connection.getresponse().status
        except (OSError, http.client.HTTPException, UnicodeError) as problem:
            raise NotCarried("unreachable", away=True) from problem
        finally:
            connection.close()
        if not 200 <= status < 300:
            raise NotCarried("refused" if status == GONE else f"answered_{status}", for_good=status == GONE)
        return str(letter.id)

    def find(self, letter: Letter) -> str | None:
        """An endpoint does not say what it has; by `webhook-id` it knows what it had before."""
        return None

    def headers(self, letter: Letter, body: bytes) -> dict[str, str]:
        """What signs the body, and says which message it is."""
        stamp = str(int(self._clock().timestamp()))
        return {
            "Content-Type": "application/cloudevents+json",
            "User-Agent": "placements",
            "webhook-id": str(letter.id),
            "webhook-timestamp": stamp,
            "webhook-signature": sign(letter.secret, str(letter.id), stamp, body),
        }

    def _body(self, letter: Letter) -> bytes:
        event = {
            "specversion": "1.0",
            "id": str(letter.id),
            "source": self._source,
            "type": f"placements.message.{letter.ids.get('template', 'unknown')}",
            "time": letter.asked_at.isoformat() if letter.asked_at else None,
            "datacontenttype": "application/json",
            "data": letter.ids,
        }
        return json.dumps(event, separators=(",", ":")).encode()

    def _require_public(self, connected: socket.socket) -> None:
        """Asked of the connection itself: a name may lead elsewhere a moment after it was looked up."""
        address = ipaddress.ip_address(connected.getpeername()[0].partition("%")[0])
        if not self._may_be_local and not address.is_global:
            raise NotCarried("address_is_not_public", for_good=True)


def sign(secret: str, id: str, stamp: str, body: bytes) -> str:
    """The signature of Standard Webhooks, version 1."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    digest = hmac.new(key, f"{id}.{stamp}.".encode() + body, hashlib.sha256).digest()
    return "v1," + base64.b64encode(digest).decode()
