"""How people sign in to the pages: as somebody invented on a demonstration, and nowhere else."""

from __future__ import annotations

from collections.abc import Sequence

from api.pages.session import Sessions
from api.pages.signing_in import DemoPerson, WaysIn
from api.pages.site import PagesWanted
from domain.organisation import Organisation
from history.store import History
from service.key_file import decode, make, read
from service.settings import Settings

WHAT = "session key"


def pages_wanted(settings: Settings, history: History) -> PagesWanted | None:
    """What the pages need; none where no key for their sessions is set, and then there are no pages."""
    key = _key(settings)
    if key is None:
        return None
    if not settings.private_database:
        return PagesWanted(Sessions(key))
    return PagesWanted(Sessions(key), WaysIn(lambda: demo_people(history)))


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
