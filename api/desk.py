"""What the routes work with. It is handed to `create_app`; nothing here opens a connection."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from threading import Event
from typing import Annotated

from fastapi import Depends, Request

from api.metrics import Metrics
from api.sign_in import SignIn
from api.strangers import Strangers
from history.ledger.notes import Signer
from history.store import History
from projections.reading import ReadModels
from workflows.access import Access
from workflows.casework import Casework
from workflows.noting_looks import Noting


@dataclass(frozen=True, slots=True)
class Desk:
    """One for each application."""

    casework: Casework
    history: History
    read_models: ReadModels
    sign_in: SignIn
    access: Access
    clock: Callable[[], datetime]
    looks: Noting
    signer: Signer | None = None
    """Who signs what is given away; none where this process does not hold the key of the ledger."""
    witnesses: Mapping[str, float] = field(default_factory=dict)
    """Who outside is to be given checkpoints, by name, and after how many seconds without one something is wrong."""
    strangers: Strangers = field(default_factory=Strangers)
    metrics: Metrics = field(default_factory=Metrics)
    closing: Event = field(default_factory=Event)
    """Set when the service stops, so that those who listen to the feed are let go."""


async def desk_of(request: Request) -> Desk:
    """The desk of this application."""
    desk: Desk = request.app.state.desk
    return desk


AtDesk = Annotated[Desk, Depends(desk_of)]
