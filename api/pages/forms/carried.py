"""What a page puts unseen into its own form, and reads again when it comes back: it is as it was, or was changed on its way."""

from __future__ import annotations

import re

KEY = re.compile(r"[\x21-\x7e]{1,100}")
NUMBER = re.compile(r"[0-9]{1,18}")


class ChangedOnItsWay(Exception):
    """A form came back with something in it that no page puts there; nothing was done."""


def number_carried(said: str) -> int | None:
    """A version, a position or a row; none where the page had none to say. Raises ChangedOnItsWay."""
    if said and not NUMBER.fullmatch(said):
        raise ChangedOnItsWay
    return int(said) if said else None


def key_carried(said: str) -> str | None:
    """The key by which a form is done once; none where the page gave none. Raises ChangedOnItsWay."""
    if said and not KEY.fullmatch(said):
        raise ChangedOnItsWay
    return said or None
