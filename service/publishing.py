"""Set-up writes down what the service came with: version 1 of every parameter that is not on record yet."""

from __future__ import annotations

from domain.guidance import GUIDANCE
from domain.people import Asker
from history.store import History
from workflows.casework import Casework
from workflows.publishing import PublishShippedVersions

SET_UP = Asker("setup", "Set-up", None, None, machine=True)
"""Under this name the service records what it came with."""


def publish_what_is_shipped(casework: Casework, history: History) -> bool:
    """Publish what is missing, in one decision, and say whether anything was. Once all is on record it does nothing."""
    if len(history.get_many(GUIDANCE)) == len(GUIDANCE):
        return False
    casework.perform(PublishShippedVersions(), SET_UP)
    return True
