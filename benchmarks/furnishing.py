"""What pages are asked about beside placements: people with roles, absences and looks; and all that the application is made of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

from api.desk import Desk
from api.pages.signing_in import DemoPerson
from api.sign_in import SignIn
from api.signing_keys import KeyFile
from api.tokens import Tokens
from benchmarks.page_addresses import EVERYBODY
from domain.looks import Look, Right
from history.store import History
from projections.reading import ReadModels
from tests.api.issuer import AUDIENCE, ISSUER, Issuer
from tests.api.people import SIGNER
from tests.support.walk import MONDAY, THE_SERVICE
from tests.whole.town import Around, Town
from workflows.access import Access
from workflows.casework import Casework
from workflows.catalogue import COMMANDS
from workflows.examples import EXAMPLES
from workflows.noting_looks import Noting

BATCHES, LOOKS = 1_000, 20
"""Looks that were noted before: so many batches of so many."""
ABSENCES = 60
"""Children of whom the provider reported an absence on which the school has not decided."""


@dataclass
class Clock:
    """Stands still until it is set."""

    now: datetime = MONDAY

    def __call__(self) -> datetime:
        return self.now


def desk_of(
    casework: Casework, history: History, read_models: ReadModels, home: Path, clock: Callable[[], datetime]
) -> Desk:
    """All that the application is made of."""
    tokens = Tokens(KeyFile(Issuer(home, MONDAY).path), ISSUER, AUDIENCE, clock)
    sign_in = SignIn(tokens, history, read_models.grants, clock)
    return Desk(casework, history, read_models, sign_in, Access(casework), clock, Noting(casework), SIGNER)


def furnish(history: History, lives: Sequence[Around]) -> list[DemoPerson]:
    """People with roles, absences on which the school has to decide, and much that was looked at."""
    casework, town = Casework(history, lambda: MONDAY), Town(Casework(history, lambda: MONDAY))
    people = []
    for where, role in EVERYBODY:
        person, at = f"{role}@example", getattr(lives[0], where)
        grant = {**EXAMPLES["grant_role"], "person_id": person, "role": role}
        casework.perform(COMMANDS["grant_role"].model_validate(grant), THE_SERVICE, at)
        people.append(DemoPerson(person, role, role, "", at))
    for around in lives[:ABSENCES]:
        town.do("report_day", around, around.staff)
    noting = Noting(casework)
    for batch in range(BATCHES):
        for n in range(LOOKS):
            around = lives[(batch * LOOKS + n) % len(lives)]
            noting.note(look_at(around, MONDAY - timedelta(seconds=2 * (BATCHES - batch))))
        noting.write()
    noting.close()
    return people


def look_at(around: Around, at: datetime) -> Look:
    """A look of an officer at a placement."""
    return Look(
        at=at,
        person_id="commissioner@example",
        how="read",
        route="GET /placements/{id}",
        right=Right(row="placement", roles=("commissioner",), relations=("commissioner",), organisation_id=around.authority),
        record_id=around.placement,
        children=(around.child,),
        correlation_id=uuid4(),
    )  # fmt: skip
