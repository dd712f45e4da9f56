"""The one key that protects each child's own key. Whoever loses it loses every name in the history."""

from service.key_file import decode, make, read
from service.plain_error import PlainError
from service.settings import Settings

WHAT = "master key"


def read_master_key(settings: Settings) -> bytes:
    """The key that was given; a private database makes its own the first time."""
    if settings.master_key is not None:
        return decode(settings.master_key.get_secret_value(), "PLACEMENTS_MASTER_KEY", WHAT)
    if settings.master_key_file is not None:
        return read(settings.master_key_file, WHAT)
    if not settings.private_database:
        raise PlainError(
            "A database of your own needs a master key: "
            "set PLACEMENTS_MASTER_KEY_FILE to a file with 32 bytes in base64."
        )
    made = settings.data / "master.key"
    if not made.exists():
        make(made)
    return read(made, WHAT)
