"""How people sign in to the pages: through a sign-in service; or on a demonstration as somebody invented, and nowhere else."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from api.pages.session import Sessions
from api.pages.signing_in import DemoPerson, WaysIn
from api.pages.site import PagesWanted
from domain.organisation import Organisation
from history.store import History
from service.key_file import decode, make, read
from service.plain_error import PlainError
from service.settings import Settings

WHAT = "session key"


def pages_wanted(settings: Settings, history: History) -> PagesWanted | None:
    """What the pages need; none where no key for their sessions is set, and then there are no pages."""
    key = _key(settings)
    if key is None:
        return None
    if settings.oidc_issuer:
        return PagesWanted(Sessions(key), through_a_service(settings))
    if not settings.private_database:
        return PagesWanted(Sessions(key))
    return PagesWanted(Sessions(key), WaysIn(lambda: demo_people(history)))


def through_a_service(settings: Settings) -> WaysIn:
    """Sign-in by OpenID Connect. Raises PlainError where the part of the service for it is not installed."""
    try:
        from api.pages.openid import OpenId  # authlib is an extra
    except ModuleNotFoundError as missing:
        raise PlainError(
            f"PLACEMENTS_OIDC_ISSUER is set, and {missing.name} is not installed: install placements[oidc]."
        ) from None
    secret, file = settings.oidc_client_secret, settings.oidc_client_secret_file
    shared = secret.get_secret_value() if secret else _text(file) if file else None
    address = (settings.public_address or "").rstrip("/")
    issuer, client = settings.oidc_issuer or "", settings.oidc_client_id or ""
    back_at = f"{address}/sign-in/return"
    return WaysIn(
        service=OpenId(issuer, client, shared, back_at, claim=settings.oidc_person_claim), address=address
    )


def demo_people(history: History) -> Sequence[DemoPerson]:
    """The people of the demonstration, once it is there. Raises Unavailable."""
    from service.demo.people import COUNCIL, SCHOOLS, person_id  # only a private database ever asks
    from service.demo.providers import SETTINGS

    if history.find(Organisation, COUNCIL.id) is None:
        return ()
    return [
        DemoPerson(
            person_id(name), name, ", ".join(role.replace("_", " ") for role in roles), place.name, place.id
        )
        for place in (COUNCIL, *SCHOOLS, *(setting.office for setting in SETTINGS))
        for name, roles in place.staff
    ]


def _text(file: Path) -> str:
    try:
        return file.read_text().strip()
    except OSError:
        raise PlainError(f"The file {file} with the secret of the sign-in service cannot be read.") from None


def _key(settings: Settings) -> bytes | None:
    if settings.session_key is not None:
        return decode(settings.session_key.get_secret_value(), "PLACEMENTS_SESSION_KEY", WHAT)
    if settings.session_key_file is not None:
        return read(settings.session_key_file, WHAT)
    if not settings.private_database:
        return None
    made = settings.data / "session.key"
    if not made.exists():
        make(made)
    return read(made, WHAT)
