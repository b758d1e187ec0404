"""Which built file stands for a source of the phone: Vite's manifest, read again when it changed."""

import re
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

_HASHED = re.compile(r"-[A-Za-z0-9_-]{8}\.[a-z0-9]+$")


class Assets:
    """Addresses under `/assets/`; a source that was not built raises `KeyError` with its name."""

    def __init__(self, dist: Path) -> None:
        self._manifest = dist / ".vite" / "manifest.json"
        self._entries: dict[str, Any] = {}
        self._stamp = 0

    def script(self, source: str) -> str:
        return f"/assets/{self._file(source)['file']}"

    def styles(self, source: str) -> list[str]:
        """The style sheets of an entry and of every chunk that it imports at once, in that order, without twins."""
        found: dict[str, None] = {}
        for chunk in self._chunks(source, set()):
            found.update(dict.fromkeys(f"/assets/{name}" for name in chunk.get("css", [])))
        return list(found)

    def imports(self, source: str) -> list[str]:
        """The scripts that an entry imports at once: named early, they do not wait for it to have arrived."""
        return [f"/assets/{chunk['file']}" for chunk in self._chunks(source, set())[:-1]]

    def _chunks(self, source: str, seen: set[str]) -> list[dict[str, Any]]:
        if source in seen:
            return []
        seen.add(source)
        entry = self._file(source)
        imported = [chunk for name in entry.get("imports", []) for chunk in self._chunks(name, seen)]
        return [*imported, entry]

    def _file(self, source: str) -> dict[str, Any]:
        self._refresh()
        if source not in self._entries:
            raise KeyError(f"{source} is not built: run `npm run build` in pwa/")
        entry: dict[str, Any] = self._entries[source]
        return entry

    def _refresh(self) -> None:
        """A build under a running server renames its files; one under way has no manifest, or half of one, yet."""
        with suppress(FileNotFoundError, msgspec.DecodeError):
            stamp = self._manifest.stat().st_mtime_ns
            if stamp != self._stamp:
                self._entries = msgspec.json.decode(self._manifest.read_bytes())
                self._stamp = stamp


class BuiltFiles(StaticFiles):
    """The phone's built files. Those under a hashed name never change; the others are asked for again."""

    def __init__(self, dist: Path) -> None:
        super().__init__(directory=dist, check_dir=False)

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        hashed = _HASHED.search(path) is not None
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if hashed else "no-cache"
        return response
