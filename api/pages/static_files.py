"""Styles and scripts: built once by `service.web_assets`, named by their content, kept by browsers for a year."""

from __future__ import annotations

from mimetypes import guess_type
from pathlib import Path

import msgspec
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

BUILT = Path(__file__).parent / "static"
AT = "/static"
A_YEAR = "public, max-age=31536000, immutable"
PACKED = ".gz"
"""What stands behind the name of a file that was packed when it was built. Pages are never packed: see docs/decisions/0043."""


class Kept(StaticFiles):
    """Files whose names change with their content, so that no browser asks for one twice."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, packed for who takes it so."""
        packed = f"{path}{PACKED}"
        if _takes_gzip(scope) and self.lookup_path(packed)[1] is not None:
            response = await super().get_response(packed, scope)
            response.headers["Content-Encoding"] = "gzip"
            response.headers["Content-Type"] = guess_type(path)[0] or "application/octet-stream"
        else:
            response = await super().get_response(path, scope)
        response.headers["Vary"] = "Accept-Encoding"
        response.headers["Cache-Control"] = A_YEAR if response.status_code == 200 else "no-store"
        return response


def _takes_gzip(scope: Scope) -> bool:
    offers = (part.partition(";") for part in Headers(scope=scope).get("accept-encoding", "").split(","))
    return any(
        name.strip() == "gzip" and weight.replace(" ", "") not in ("q=0", "q=0.0")
        for name, _, weight in offers
    )


class Assets:
    """Where each file is. Pages work without any of them, only plainly."""

    def __init__(self, built: Path = BUILT) -> None:
        self.built = built
        self._read_at = 0
        self._names: dict[str, str] = {}

    def address(self, name: str) -> str:
        """The address of a file, or nothing where it was not built. What is built anew while the service runs is found at once."""
        found = self._known().get(name)
        return f"{AT}/{found}" if found else ""

    def files(self) -> Kept:
        """The application that hands them out."""
        return Kept(directory=self.built, check_dir=False)

    def _known(self) -> dict[str, str]:
        manifest = self.built / "manifest.json"
        try:
            if (written_at := manifest.stat().st_mtime_ns) != self._read_at:
                self._names, self._read_at = msgspec.json.decode(manifest.read_bytes()), written_at
        except FileNotFoundError:
            # Between the old folder and the new one there is none for a moment.
            pass
        return self._names
