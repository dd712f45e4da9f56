"""The one page that joins everything."""

import threading

from fastapi import FastAPI

from service.settings import Settings


def prepare_database(settings: Settings) -> None:
    """Create the history and the read models in an empty database, or bring those there are up to date."""


def fill_with_demo(settings: Settings) -> None:
    """Fill an empty database with an invented authority."""


def build_api(settings: Settings) -> FastAPI:
    """The web application."""
    app = FastAPI(title="Placements")

    @app.get("/health/live")
    def live() -> dict[str, str]:
        """Whether the process answers."""
        return {"status": "live"}

    return app


def run_worker(settings: Settings, stop: threading.Event) -> None:
    """Do what falls due until told to stop."""
    stop.wait()
