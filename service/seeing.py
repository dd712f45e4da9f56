"""Finds a browser on this computer: what the pictures of the pages and the tests in a browser are made with."""

from __future__ import annotations

import os
import shutil

SETTING = "PLACEMENTS_CHROMIUM"
NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


class NoBrowser(Exception):
    """There is none; the words say what to do."""


def find_browser() -> str:
    """The program. Raises NoBrowser."""
    named = os.environ.get(SETTING)
    if named:
        if not os.access(named, os.X_OK):
            raise NoBrowser(f"{SETTING} names {named}, which is no program that can be run.")
        return named
    for name in NAMES:
        if found := shutil.which(name):
            return found
    raise NoBrowser(
        f"There is no Chromium on this computer: install it (on Debian: apt install chromium), or name it in {SETTING}."
    )
