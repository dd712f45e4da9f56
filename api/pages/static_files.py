"""Styles and scripts: built once by `service.web_assets`, named by their content, kept by browsers for a year."""

from __future__ import annotations

from pathlib import Path

import msgspec
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

BUILT = Path(__file__).parent / "static"
AT = "/static"
A_YEAR = "public, max-age=31536000, immutable"


class Kept(StaticFiles):
    """Files whose names change with their content, so that no browser asks for one twice."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file."""
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = A_YEAR if response.status_code == 200 else "no-store"
        return response


class Assets:
    """Where each file is. Pages work without any of them, only plainly."""

    def __init__(self, built: Path = BUILT) -> None:
        self.built = built
        manifest = built / "manifest.json"
        self._names: dict[str, str] = msgspec.json.decode(manifest.read_bytes()) if manifest.exists() else {}

    def address(self, name: str) -> str:
        """The address of a file, or nothing where it was not built."""
        found = self._names.get(name)
        return f"{AT}/{found}" if found else ""

    def files(self) -> Kept:
        """The application that hands them out."""
        return Kept(directory=self.built, check_dir=False)
