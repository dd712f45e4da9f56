"""The key that signs the ledger. Whoever has it could sign another history: keep it apart from the database."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from history.ledger.notes import PublicKey, Signer
from service.key_file import decode, make, read
from service.plain_error import PlainError
from service.settings import Settings

WHAT = "ledger key"


def read_signer(settings: Settings) -> Signer | None:
    """Who signs: a private database makes its own key the first time; another that is given none is not sealed."""
    seed = _seed(settings)
    if seed is None:
        return None
    # A name of its own for every ledger, so that no checkpoint is ever taken for another's.
    name = (
        settings.ledger_name
        or f"placements.invalid/{sha256(Signer('unnamed', seed).public.raw).hexdigest()[:16]}"
    )
    try:
        return Signer(name, seed)
    except ValueError as problem:
        raise PlainError(f"PLACEMENTS_LEDGER_NAME cannot be used: {problem}.") from None


def _seed(settings: Settings) -> bytes | None:
    if settings.ledger_key is not None:
        return decode(settings.ledger_key.get_secret_value(), "PLACEMENTS_LEDGER_KEY", WHAT)
    if settings.ledger_key_file is not None:
        return read(settings.ledger_key_file, WHAT)
    if not settings.private_database:
        return None
    made = settings.data / "ledger.key"
    if not made.exists():
        make(made)
    return read(made, WHAT)


def trusted_keys(settings: Settings, given: Sequence[str]) -> list[PublicKey]:
    """Whose signatures count: those who are named, or else who signs here, and who did before. Raises PlainError where nobody does."""
    named = public_keys(given) or keys_of_this_ledger(settings)
    if not named:
        raise PlainError("No key is trusted: give --key, or set PLACEMENTS_LEDGER_KEY_FILE.")
    return named


def keys_of_this_ledger(settings: Settings) -> list[PublicKey]:
    """The key that signs now and those that did before; none where no ledger is kept."""
    signer = read_signer(settings)
    former = public_keys((settings.ledger_former_keys or "").split())
    return [*([signer.public] if signer else []), *former]


def public_keys(lines: Sequence[str]) -> list[PublicKey]:
    """Public keys in their written form. Raises PlainError."""
    try:
        return [PublicKey.read(line) for line in lines]
    except ValueError as problem:
        raise PlainError(f"The key of a ledger looks like name+id+key: {problem}.") from None
