"""Everything that happens by itself, in one list: what a worker does, unless another worker does it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from history.job import Job
from history.ledger.notes import PublicKey, Signer
from history.ledger.sealing import Sealing
from history.store import History
from history.waking import Waking
from projections.following import Following
from service.carrying_out import CarryingOut
from service.nightly import Nightly
from service.sending.sending import Sending
from service.sending.setting_up import carriers_of, hours_of
from service.settings import Settings
from service.stopping import Stopping
from service.triggering.triggering import Triggering
from service.witnesses.witness import Witness
from service.witnesses.witnessing import Witnessing


def jobs_of(
    settings: Settings,
    dsn: str,
    history: History,
    waking: Waking,
    clock: Callable[[], datetime],
    signer: Signer | None,
    trusted: Sequence[PublicKey],
    witnesses: Sequence[Witness],
) -> list[Job]:
    """To add a job, write a subclass of `Job` (or of `Rounds`, where it looks now and then), and name it here."""
    jobs: list[Job] = [
        Following(dsn, history, waking=waking),
        CarryingOut(dsn, history, clock, settings.owner_url),
        Stopping(dsn, history, clock),
        Triggering(dsn, history, clock, waking=waking),
        Sending(
            dsn, history, clock, carriers_of(settings, clock), hours_of(settings), settings.public_address
        ),
        Nightly(dsn, history, trusted, clock, settings.check_at, witnesses),
    ]
    if signer is not None:
        jobs.append(Sealing(dsn, history, signer))
    if witnesses:
        jobs.append(Witnessing(dsn, history, witnesses, settings.witness_every))
    return jobs
