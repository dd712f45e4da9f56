"""Where the history is kept: a PostgreSQL database, or a private one on this computer."""

from pathlib import Path
from typing import Annotated

from pydantic import Field

from service.configuration.group import AbsolutePath, Group

CHECKOUT = Path(__file__).resolve().parent.parent.parent


class Database(Group):
    """Where the history is kept: a PostgreSQL database, or a private one on this computer."""

    database_url: Annotated[str | None, Field(repr=False)] = None
    """The PostgreSQL database to use, with its TLS parameters; without one, a private server is started."""

    owner_url: Annotated[str | None, Field(repr=False)] = None
    """The same database under the role that owns it, for `setup` alone: then `database_url` names a lesser role, for
    which the database itself refuses to change the history."""

    pool_size: Annotated[int, Field(ge=1, le=100)] = 5
    """How many database connections each process keeps."""

    private_database: bool = False
    """Whether `database_url` is the private server; set by the service itself for the processes it starts."""

    data: AbsolutePath = CHECKOUT / ".placements"
    """The folder of the private database and of the keys made for it."""

    pg_bin: AbsolutePath | None = None
    """The folder of the PostgreSQL programs for the private database; they are searched for without it."""
