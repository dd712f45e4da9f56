"""What the service says about itself while it runs: one line an event, without anything about a child.

Everything goes to the standard error stream; as JSON, or to a terminal in a form for people.
"""

import logging
import sys
import traceback
from types import TracebackType

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger


def set_up_logging(level: str, *, for_people: bool | None = None) -> None:
    """Send our own log lines, and those of the libraries, through the same few steps."""
    if for_people is None:
        for_people = sys.stderr.isatty()
    steps: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        say_where_it_failed_and_not_what_was_said,
    ]
    structlog.configure(
        processors=[*steps, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    output = structlog.dev.ConsoleRenderer() if for_people else structlog.processors.JSONRenderer()
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=steps,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, output],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level.upper())
    # What it reports as it comes and goes is no news; an error is.
    logging.getLogger("uvicorn.error").setLevel("DEBUG" if level == "debug" else "WARNING")
    # An address may hold what somebody searched for: requests are logged by the API, without it.
    logging.getLogger("uvicorn.access").disabled = True
    # So may the address at which a page asks the API.
    logging.getLogger("httpx2").setLevel("WARNING")


def say_where_it_failed_and_not_what_was_said(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Put the kind and the place of an exception where its words were: those may quote a child's record."""
    given = event.pop("exc_info", None)
    error = given[1] if isinstance(given, tuple) else given
    if error is True:
        error = sys.exc_info()[1]
    if isinstance(error, BaseException):
        event["error"] = f"{type(error).__module__}.{type(error).__qualname__}"
        event["where"] = places(error.__traceback__)
    return event


def places(trace: TracebackType | None) -> list[str]:
    """The way to where an exception was raised, innermost last."""
    return [f"{frame.filename}:{frame.lineno} in {frame.name}" for frame in traceback.extract_tb(trace)]
