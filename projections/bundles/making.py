"""Makes bundles. For the same position it makes the same bytes, whenever it is asked, as long as no words are erased."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from domain.personal import Category
from history.ledger.notes import Signer
from history.reading import Reading
from projections.bundles.contents import Kind, contents_of
from projections.bundles.lines import proofs
from projections.bundles.packing import signed
from projections.bundles.story import readable
from projections.bundles.withholding import file_of

TITLES: dict[Kind, str] = {
    "placement": "The story of a placement",
    "child": "The story of a child",
    "caseload": "The story of a caseload",
}


def make_bundle(
    history: Reading,
    signer: Signer,
    kind: Kind,
    of: UUID,
    *,
    as_at: int | None = None,
    extends: int | None = None,
    without: Collection[Category] = (),
) -> Mapping[str, bytes]:
    """The files of a placement's, a child's or a caseload's bundle.

    `as_at` is a position, the newest sealed one where none is given; with `extends`, the size of an older ledger, it proves
    that the ledger only grew since. Words of the kinds in `without` are left out, and a file says so.

    Raises NotFound, NotSealed, Unreadable and Unavailable.
    """
    contents = contents_of(history, kind, of, as_at)
    contents.without = frozenset(without)
    files = proofs(history, contents, extends) | readable(history, contents, TITLES[kind]) | file_of(without)
    return signed(contents, files, signer)
