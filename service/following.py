"""What the worker does with the history: it keeps the read models in step, and seals the ledger."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime

from history.forgotten import Forgotten
from history.ledger.notes import Signer
from history.ledger.sealing import Sealing
from history.store import History
from history.waking import Waking
from projections.following import Following
from service.carrying_out import CarryingOut
from service.nightly import Nightly
from service.witnesses.witnessing import Witnessing


def keep_in_step(
    dsn: str,
    history: History,
    signer: Signer | None,
    stop: threading.Event,
    clock: Callable[[], datetime],
    nightly: Nightly,
    witnessing: Witnessing,
) -> None:
    """Follow until told to stop; while another worker follows, stand by. Nothing is sealed without a signer."""
    waking, forgotten = Waking(dsn), Forgotten(dsn, history.keys)
    others = [threading.Thread(target=CarryingOut(dsn, history, clock).run, args=[stop], name="erasing")]
    others.append(threading.Thread(target=nightly.run, args=[stop], name="nightly"))
    others.append(threading.Thread(target=witnessing.run, args=[stop], name="witnessing"))
    if signer:
        sealing = Sealing(dsn, history, signer, waking=waking)
        others.append(threading.Thread(target=sealing.run, args=[stop], name="sealing"))
    for other in others:
        other.start()
    try:
        Following(dsn, history, waking=waking).run(stop)
    finally:
        for other in others:
            other.join()
        forgotten.close()
        waking.close()
