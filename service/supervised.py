"""The start of a process that `serve` looks after: load the code, wait for the order to begin, do the part.

Loading takes most of a second, so it happens while the database starts.
"""

import gc
import importlib
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable

from service.child import SAID_WHY
from service.parent import Orders, Parent
from service.plain_error import PlainError


def serve_api(parent: Parent, orders: Orders) -> None:
    """Prepare the database, and answer requests on the socket that the parent keeps open."""
    from service.api_process import ApiProcess
    from service.logging_setup import set_up_logging
    from service.settings import read_settings
    from service.wiring import build_api, prepare_database

    settings = read_settings()
    set_up_logging(settings.log_level)
    prepare_database(settings)
    parent.report_ready()
    process = ApiProcess(build_api(settings), settings)
    parent.when_gone(process.stop)
    process.run(socket.socket(fileno=orders.files[0]))


def work(parent: Parent, orders: Orders) -> None:
    """Fill the service for a demonstration when asked to, and do what falls due."""
    from service.logging_setup import set_up_logging
    from service.settings import read_settings
    from service.wiring import fill_with_demo, publish_guidance
    from service.worker_process import run_until_stopped

    stop = threading.Event()
    parent.when_gone(stop.set)
    settings = read_settings()
    set_up_logging(settings.log_level)
    if settings.demo:
        fill_with_demo(settings)
    publish_guidance(settings)
    parent.report_ready()
    run_until_stopped(settings, stop)


PARTS: dict[str, tuple[Callable[[Parent, Orders], None], str]] = {
    "api": (serve_api, "service.api_process"),
    "work": (work, "service.worker_process"),
}


def main(part: str, connection: int) -> None:
    """Do one part of the work until told to stop, or until the parent is gone."""
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))  # until the part itself listens
    parent = Parent(socket.socket(fileno=connection))
    do, code = PARTS[part]
    gc.disable()  # there is nothing to collect among what is loaded here, and looking for it takes time
    for module in (code, "service.wiring"):
        importlib.import_module(module)
    gc.freeze()
    gc.enable()
    orders = parent.wait_for_orders()
    os.environ.update(orders.environment)
    try:
        do(parent, orders)
    except PlainError as error:
        print(error, file=sys.stderr)  # noqa: T201 - said to the person at the terminal
        sys.exit(SAID_WHY)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
