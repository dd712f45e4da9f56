"""Whether the database's own rules are those that the files of the schema make, and the service's role has no right too many."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg

from history.objects import differences, files_that_differ, rights_too_many
from history.roles import is_protected
from service.soundness.fault import Fault


def faults_of_schema(dsn: str) -> Iterator[Fault]:
    """What was changed. Raises psycopg.Error."""
    for part, what in differences(dsn):
        yield Fault("schema", f"{part.kind} {what}", part.name)
    with psycopg.connect(dsn) as connection:
        for name, what in files_that_differ(connection):
            yield Fault("applied", what, name)
        if is_protected(dsn):
            for name, right in rights_too_many(connection):
                yield Fault("schema", f"the service's role has the right to {right.lower()}", name)
