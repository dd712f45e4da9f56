"""What a witness is: somebody outside who is given checkpoints, and may give them back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from history.ledger.stored import Checkpoint


class NotTaken(Exception):
    """A witness could not be reached, or would not take a checkpoint. It is tried again."""


class ForkRefused(NotTaken):
    """A witness holds a checkpoint that this one does not extend: this history is not the one it saw."""


class Witness(Protocol):
    """Somebody outside."""

    @property
    def name(self) -> str:
        """By what it is told from others."""

    def take(self, checkpoint: Checkpoint) -> str:
        """Give it a checkpoint; its answer, which is kept. Raises NotTaken."""

    def held(self) -> Sequence[str]:
        """The checkpoints that it holds, where it can be asked for them. Raises NotTaken."""
