"""Does before the first visitor comes what would keep them waiting: compiles every template, and makes the shape of every form."""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Iterator

from jinja2 import TemplateError

from api.pages.forms.shape import shape_of
from api.pages.templating import templates
from workflows.catalogue import COMMANDS

BREATH = 0.02
"""Seconds between two of them, so that whoever comes meanwhile is answered as well."""


def get_ready_meanwhile() -> threading.Thread:
    """Do it beside everything else. It takes some seconds of one processor."""
    thread = threading.Thread(target=get_ready, args=(BREATH,), name="getting-pages-ready", daemon=True)
    thread.start()
    return thread


def get_ready(breath: float = 0) -> int:
    """Do it; returns how many templates and forms are ready."""
    number = 0
    for _ in _one_by_one():
        number += 1
        time.sleep(breath)
    # They live as long as the process. Each full search for cycles of objects would look at all of them, for some 50 ms of somebody's page.
    gc.collect()
    gc.freeze()
    return number


def _one_by_one() -> Iterator[None]:
    ours = templates()
    for name in ours.list_templates():
        try:
            ours.get_template(name)
        except TemplateError:
            # The design system ships templates that nothing here uses; one that is used fails where it is.
            continue
        yield
    for name in COMMANDS:
        shape_of(name)
        yield
