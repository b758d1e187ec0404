"""Disks of a few megabytes, to be filled; only where mounting is allowed."""

import asyncio
import os
import shutil
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from tests.faults.world import World

MEGABYTE = 1 << 20
TABLES = ("opinion_journal", "opinion_current", "intake", "leaf")
_INDEXES = "SELECT indexrelid::regclass::text FROM pg_index WHERE indrelid = ANY ($1::regclass[])"
_SIZE = "SELECT sum(pg_total_relation_size(name))::bigint FROM unnest($1::regclass[]) AS name"


def why_no_disks(folder: Path) -> str | None:
    """Why no disk can be mounted here, or none."""
    probe = folder / "probe"
    probe.mkdir(exist_ok=True)
    try:
        _mount(probe, 1)
        _unmount(probe)
    except (OSError, subprocess.CalledProcessError):
        return "this user may not mount a disk"
    return None


class Disk:
    """A sized tmpfs over a folder, which gets its old content, and gives it back."""

    def __init__(self, folder: Path, megabytes: int) -> None:
        self.folder, self._megabytes = folder, megabytes
        self._filler = folder / "filler"

    def open(self) -> None:
        owner = self.folder.stat()
        _mount(self.folder, self._megabytes)
        os.chown(self.folder, owner.st_uid, owner.st_gid)
        self.folder.chmod(owner.st_mode & 0o777)

    def close(self) -> None:
        self.free()
        _unmount(self.folder)

    def fill(self) -> None:
        """To the last block."""
        with self._filler.open("ab", buffering=0) as file, suppress(OSError):
            for size in (MEGABYTE, 4096):
                with suppress(OSError):
                    while file.write(bytes(size)) == size:
                        pass

    def free(self) -> None:
        self._filler.unlink(missing_ok=True)


def _mount(folder: Path, megabytes: int) -> None:
    words = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)]
    subprocess.run(words, check=True, capture_output=True)


def _unmount(folder: Path) -> None:
    # Whoever still holds a file open there keeps it to the end; the name is free at once.
    subprocess.run(["umount", "--lazy", str(folder)], check=True, capture_output=True)


@asynccontextmanager
async def data_on(world: World) -> AsyncIterator[Disk]:
    """The tables that opinions are written to lie on a disk of their own."""
    folder = world.folder / "tight"
    await asyncio.to_thread(_owned_like, folder, world.cluster.layout.pgdata)
    async with world.superuser() as database:
        size = await database.fetchval(_SIZE, list(TABLES))
    disk = Disk(folder, size // MEGABYTE + 24)
    disk.open()
    try:
        async with world.superuser() as database:
            await database.execute(f"CREATE TABLESPACE tight LOCATION '{folder}'")
        await _move(world, "tight")
        yield disk
        await asyncio.to_thread(disk.free)
        await _move(world, "pg_default")
        async with world.superuser() as database:
            await database.execute("DROP TABLESPACE tight")
    finally:
        disk.close()


async def _move(world: World, where: str) -> None:
    async with world.superuser() as database:
        indexes = [row[0] for row in await database.fetch(_INDEXES, list(TABLES))]
        for kind, names in (("TABLE", TABLES), ("INDEX", indexes)):
            for name in names:
                await database.execute(f"ALTER {kind} {name} SET TABLESPACE {where}")


@asynccontextmanager
async def wal_on(world: World) -> AsyncIterator[Disk]:
    """The write-ahead log lies on a disk of its own."""
    pgdata = world.cluster.layout.pgdata
    inside, folder = pgdata / "pg_wal", world.folder / "wal"
    await asyncio.to_thread(_owned_like, folder, pgdata)
    await world.hold()
    size = await asyncio.to_thread(lambda: sum(path.stat().st_size for path in inside.rglob("*")))
    disk = Disk(folder, size // MEGABYTE + 48)
    disk.open()
    try:
        await asyncio.to_thread(_lead_to, inside, folder / "pg_wal")
        await world.go()
        yield disk
        await world.hold()
        await asyncio.to_thread(_lead_back, inside, folder / "pg_wal")
        await world.go()
    finally:
        disk.close()


@asynccontextmanager
async def photos_on(world: World) -> AsyncIterator[Disk]:
    """Photos lie on a disk of their own, with what was there before."""
    await asyncio.to_thread(world.photos.mkdir, exist_ok=True)
    disk = Disk(world.photos, 4)
    disk.open()
    try:
        yield disk
    finally:
        disk.close()


def _owned_like(folder: Path, model: Path) -> None:
    folder.mkdir(exist_ok=True)
    os.chown(folder, model.stat().st_uid, model.stat().st_gid)
    folder.chmod(0o700)


def _lead_to(inside: Path, outside: Path) -> None:
    subprocess.run(["cp", "-a", str(inside), str(outside)], check=True)
    shutil.rmtree(inside)
    inside.symlink_to(outside)


def _lead_back(inside: Path, outside: Path) -> None:
    inside.unlink()
    subprocess.run(["cp", "-a", str(outside), str(inside)], check=True)
