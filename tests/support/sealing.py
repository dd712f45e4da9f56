"""Seals a history as the worker does, all at once."""

from __future__ import annotations

import psycopg

from history.ledger.notes import Signer
from history.ledger.sealer import Sealer
from history.register.registering import Registrar
from history.store import History


def seal(dsn: str, history: History, signer: Signer, page: int = 16) -> None:
    """Seal every event, and take every row into the register."""
    with psycopg.connect(dsn, autocommit=True) as connection:
        sealer, registrar = Sealer(connection, history, signer, page), Registrar(connection, signer)
        while any([sealer.step(), registrar.step()]):
            pass
