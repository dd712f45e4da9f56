"""Runs the whole service: the private database, the process that answers, the one that does what falls due.

Whatever way this process ends, nothing it started stays behind: its children see their connection to it
close, and the database stops when the last of them is gone.
"""

import sys
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress

import structlog

from service.child import SAID_WHY, Child
from service.listening import is_live, listen, url_of
from service.logging_setup import set_up_logging
from service.parent import Orders
from service.plain_error import PlainError
from service.private_postgres import PrivatePostgres, version_of_data
from service.running_database import check_database, private_addresses
from service.settings import Settings
from service.stop_signal import StopRequested, StopSignal

log = structlog.get_logger("service.serve")

# With the database's own second, this keeps within the five that stopping may take.
PATIENCE_WITH_CHILDREN = 3.2
PATIENCE_AT_START = 600.0
LOOK_EVERY = 0.2


def serve(api: Child, settings: Settings) -> None:
    """Run until told to stop. The API's process comes already started, so that its code loads meanwhile."""
    set_up_logging(settings.log_level)
    stop = StopSignal()
    with ExitStack() as at_the_end, suppress(StopRequested):
        listening = at_the_end.enter_context(listen(settings.host, settings.port))
        settings = settings.changed(port=listening.getsockname()[1])
        server, kept_open, settings = start_database(settings, at_the_end, stop)
        children = [api]
        at_the_end.callback(end_all, children)

        api.begin(Orders(settings.as_environment(), (listening.fileno(), *kept_open)))
        wait_for(api.ready, api, stop)
        worker = Child("work")
        children.append(worker)
        worker.begin(Orders(settings.as_environment(), kept_open))
        wait_for(lambda: is_live(listening), api, stop)
        if settings.demo:
            say_meanwhile(
                "Seeing to it that the invented authority is there: a minute or two when it is filled first."
            )
            wait_for(worker.ready, worker, stop)
        print(f"The service answers at {url_of(listening)} (Ctrl-C stops it).", flush=True)  # noqa: T201 - for a person
        if settings.demo:
            print("Open it in a browser and choose one of the invented people.", flush=True)  # noqa: T201 - for a person
        look_after(children, server, stop)


def say_meanwhile(sentence: str) -> None:
    """Tell the person at the terminal what is done, before it takes its time. What others read from us begins with the address."""
    print(sentence, file=sys.stderr, flush=True)  # noqa: T201 - for a person


def start_database(
    settings: Settings, at_the_end: ExitStack, stop: StopSignal
) -> tuple[PrivatePostgres | None, tuple[int, ...], Settings]:
    """The private server, unless another is given; what keeps it running; the settings with its address."""
    if settings.database_url is not None:
        check_database(settings.database_url)
        return None, (), settings
    if version_of_data(settings.data) is None:
        say_meanwhile(f"Making a private database in {settings.data} (once).")
    server = PrivatePostgres(settings.data, binaries=settings.pg_bin)
    at_the_end.callback(server.close)
    with stop.interrupting():
        use = server.open()
    return server, (use,), settings.changed(**private_addresses(server))


def wait_for(condition: Callable[[], bool], child: Child, stop: StopSignal) -> None:
    """Wait for what a child brings about while we start; give up when it ends instead."""
    deadline = time.monotonic() + PATIENCE_AT_START
    while not condition():
        status = child.status()
        if status is not None:
            raise PlainError(
                "" if status == SAID_WHY else f"The service did not start: see above what {child} said."
            )
        if time.monotonic() > deadline:
            raise PlainError(f"The service did not start within {PATIENCE_AT_START:.0f} s: see its log.")
        if stop.wait(0.01):
            raise StopRequested


def look_after(children: Sequence[Child], server: PrivatePostgres | None, stop: StopSignal) -> None:
    """Start again whatever ends by itself, until told to stop."""
    while not stop.wait(LOOK_EVERY):
        if server and not server.is_running():
            log.error("the private database ended and is started again")
            with stop.interrupting():
                server.revive()
        for child in children:
            if child.restart_when_due():
                log.error("a process ended and is started again", part=str(child), status=child.status())


def end_all(children: Sequence[Child]) -> None:
    """Ask every child to end, all at once, and see to it that they do."""
    for child in children:
        child.ask_to_stop()
    deadline = time.monotonic() + PATIENCE_WITH_CHILDREN
    for child in children:
        child.end_by(deadline)
