"""The one page that joins everything."""

from __future__ import annotations

import threading

import structlog
from fastapi import FastAPI

from api import desk as api_desk
from api.app import create_app
from api.pages.getting_ready import get_ready_meanwhile
from api.sign_in import SignIn
from api.signing_keys import KeyAddress, KeyFile, Keys, NoKeys
from api.tokens import Tokens
from history.forgotten import Forgotten
from history.store import History
from history.waking import Waking
from projections.reading import ReadModels
from projections.setup import set_up as set_up_read_models
from service.ledger_key import keys_of_this_ledger, read_signer
from service.local_issuer import with_local_issuer
from service.master_key import master_keys
from service.opening import dsn_of, now, open_casework
from service.preparing import set_up_the_history
from service.settings import Settings
from service.sign_in_to_pages import pages_wanted
from service.tracing import set_up_tracing
from service.witnesses.chosen import witnesses_of
from service.working.jobs import jobs_of
from service.working.worker import Tell, Worker, silence
from workflows.access import Access
from workflows.casework import Casework
from workflows.noting_looks import Noting

log = structlog.get_logger("service.wiring")


def prepare_database(settings: Settings) -> None:
    """Create the history and the read models in an empty database, or bring those there are up to date.

    The owner makes the history, and the service's own role the read models, which it may make anew at will.
    """
    set_up_the_history(dsn_of(settings), settings.owner_url)
    set_up_read_models(dsn_of(settings))


def fill_with_demo(settings: Settings) -> None:
    """Fill an empty database with an invented authority; go on where that was broken off; else do nothing."""
    from service.demo.filling import fill  # only who wants it loads it

    with open_casework(settings) as desk:
        fill(desk.history, now())


def publish_guidance(settings: Settings) -> None:
    """Put on record what the service came with of the numbers that rules count with; do nothing where all is on record."""
    from service.publishing import publish_what_is_shipped  # only who prepares loads it

    with open_casework(settings) as desk:
        publish_what_is_shipped(desk.casework, desk.history)


def build_api(settings: Settings) -> FastAPI:
    """The web application."""
    set_up_tracing(settings, "api")
    settings = with_local_issuer(settings)
    history = History(dsn_of(settings), master_key=master_keys(settings), pool_size=settings.pool_size)
    casework = Casework(history, now)
    read_models = ReadModels(dsn_of(settings), pool_size=settings.pool_size)
    sign_in = SignIn(tokens_of(settings), history, read_models.grants, now)
    looks = Noting(casework)
    looks.begin()
    # One turn may be missed: a witness may be away for a moment.
    watched = {one.name: 2.0 * settings.witness_every for one in witnesses_of(settings, history)}
    desk = api_desk.Desk(
        casework, history, read_models, sign_in, Access(casework), now, looks, read_signer(settings), watched
    )
    at_the_end = [
        history.close,
        read_models.close,
        Forgotten(dsn_of(settings), history.keys, read_models.forget).close,
    ]
    pages = pages_wanted(settings, history)
    if pages is not None:
        get_ready_meanwhile()
    return create_app(desk, at_the_end=at_the_end, pages=pages)


def tokens_of(settings: Settings) -> Tokens:
    """Who can prove who they are: nobody, until a sign-in service is named."""
    keys: Keys = NoKeys()
    if settings.jwks_file is not None:
        keys = KeyFile(settings.jwks_file)
    elif settings.jwks_url is not None:
        keys = KeyAddress(settings.jwks_url)
    if isinstance(keys, NoKeys) or not settings.token_issuer or not settings.token_audience:
        log.warning(
            "nobody can sign in: set PLACEMENTS_JWKS_URL, PLACEMENTS_TOKEN_ISSUER and PLACEMENTS_TOKEN_AUDIENCE"
        )
        keys = NoKeys()
    return Tokens(keys, settings.token_issuer or "", settings.token_audience or "", now)


def run_worker(settings: Settings, stop: threading.Event, tell: Tell = silence) -> None:
    """Do what happens by itself until told to stop. Raises PlainError when a job failed too often."""
    set_up_tracing(settings, "worker")
    signer = read_signer(settings)
    if signer is None:
        log.warning("the ledger is not kept: set PLACEMENTS_LEDGER_KEY_FILE to a key that signs it")
    dsn = dsn_of(settings)
    history = History(dsn, master_key=master_keys(settings), pool_size=settings.pool_size)
    waking, forgotten = Waking(dsn), Forgotten(dsn, history.keys)
    try:
        witnesses, trusted = witnesses_of(settings, history), keys_of_this_ledger(settings)
        jobs = jobs_of(settings, dsn, history, waking, now, signer, trusted, witnesses)
        Worker(dsn, jobs, tell).run(stop)
    finally:
        forgotten.close()
        waking.close()
        history.close()
