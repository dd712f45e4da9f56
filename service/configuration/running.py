"""Where the service listens, what it writes of itself, and when it checks what is stored."""

from datetime import time
from typing import Annotated, Literal

from pydantic import Field

from service.configuration.group import Group


class Running(Group):
    """Where the service listens, what it writes of itself, and when it checks what is stored."""

    host: str = "127.0.0.1"
    """The address to listen on; only this computer can reach the default."""

    port: Annotated[int, Field(ge=0, le=65535)] = 8000
    """The port to listen on; 0 takes any that is free."""

    log_level: Literal["debug", "info", "warning", "error"] = "info"
    """How much to log."""

    traces_to: str | None = None
    """Where traces are sent, such as http://127.0.0.1:4318/v1/traces; none are made without it. Wants the extra `otel`."""

    check_at: time = time(2, 30)
    """The time of night, in London, from which everything that is stored is checked."""

    demo: bool = False
    """Fill an empty service with an invented authority."""
