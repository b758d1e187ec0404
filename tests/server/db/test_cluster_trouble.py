"""Each foreseeable failure of the private cluster is one sentence that says what to do."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from devanture.db import cluster_folder
from devanture.db.cluster import Cluster, ClusterError
from devanture.db.cluster_home import default_home
from devanture.db.cluster_install import find_postgres
from devanture.db.cluster_trouble import last_complaint

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root drops to another user and mounts")


@pytest.fixture
def open_folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="devanture-test-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def small_disk(open_folder: Path) -> Iterator[Path]:
    """A disk of 24 MB, where initdb begins and cannot end."""
    disk = open_folder / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(disk)], check=False).returncode:
        pytest.skip("this machine does not let root mount a tmpfs")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def installed(folder: Path, *majors: int, postgis: tuple[int, ...] = ()) -> tuple[Path, Path]:
    """Lay out programs and extensions as Debian's packages do."""
    for major in majors:
        program = folder / "lib" / str(major) / "bin" / "postgres"
        program.parent.mkdir(parents=True)
        program.touch()
    for major in postgis:
        control = folder / "share" / str(major) / "extension" / "postgis.control"
        control.parent.mkdir(parents=True)
        control.touch()
    return folder / "lib", folder / "share"


def test_the_newest_version_with_postgis_is_chosen(tmp_path: Path) -> None:
    found = find_postgres(None, *installed(tmp_path, 9, 15, 16, 17, postgis=(15, 16)))
    assert (found.major, found.bin) == (16, tmp_path / "lib" / "16" / "bin")


def test_a_cluster_goes_on_with_the_version_that_made_it(tmp_path: Path) -> None:
    assert find_postgres(15, *installed(tmp_path, 15, 17, postgis=(15, 17))).major == 15


def test_no_postgres_names_the_packages_and_the_variable(tmp_path: Path) -> None:
    with pytest.raises(ClusterError, match=r"No PostgreSQL 15 .* postgresql-NN-postgis-3.*DEVANTURE_DATABASE_URL"):
        find_postgres(None, *installed(tmp_path, 13, postgis=(13,)))


def test_postgres_without_postgis_names_the_package(tmp_path: Path) -> None:
    with pytest.raises(ClusterError, match=r"install the package postgresql-17-postgis-3\.$"):
        find_postgres(None, *installed(tmp_path, 15, 17))


@pytest.mark.parametrize(
    ("made_by", "way_on"), [(12, "pg_dump and pg_restore"), (16, "install postgresql-16 and postgresql-16-postgis-3")]
)
def test_a_cluster_of_another_version_names_both_and_a_way_on(tmp_path: Path, made_by: int, way_on: str) -> None:
    with pytest.raises(ClusterError, match=f"by PostgreSQL {made_by} and this machine has PostgreSQL 17.*{way_on}"):
        find_postgres(made_by, *installed(tmp_path, 15, 17, postgis=(15, 17)))


def test_starting_an_old_cluster_says_so_and_leaves_it_alone(open_folder: Path) -> None:
    cluster = Cluster(open_folder / "old")
    cluster.layout.pgdata.mkdir(parents=True)
    (cluster.layout.pgdata / "PG_VERSION").write_text("12\n")
    with pytest.raises(ClusterError, match="made by PostgreSQL 12"):
        cluster.start()
    assert [path.name for path in cluster.layout.pgdata.iterdir()] == ["PG_VERSION"]


def test_a_nearly_full_disk_is_refused_before_anything_starts(
    open_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.statvfs(open_folder)
    full = os.statvfs_result((*real[:3], 10, 10, *real[5:10]))
    monkeypatch.setattr(os, "statvfs", lambda path: full)
    cluster = Cluster(open_folder / "full")
    with pytest.raises(ClusterError, match=r"is full: 0 MB are free and the database needs 200 MB\.$"):
        cluster.start()
    assert not cluster.exists


@as_root
def test_a_disk_that_fills_while_the_cluster_is_made_leaves_no_half_cluster(
    small_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster_folder, "check_room", lambda folder: None)
    cluster = Cluster(small_disk / "postgres")
    with pytest.raises(ClusterError, match=r"is full: free some space and start again\.$"):
        cluster.start()
    assert not cluster.exists
    assert not cluster.layout.unfinished.exists()


@as_root
def test_a_folder_that_postgres_cannot_reach_is_named_with_the_closed_parent(open_folder: Path) -> None:
    closed = open_folder / "closed"
    closed.mkdir(mode=0o700)
    with pytest.raises(ClusterError, match=rf"user postgres.* may not pass through {closed}:.*chmod o\+x {closed}$"):
        Cluster(closed / "postgres").start()


@as_root
def test_root_runs_a_cluster_as_the_user_who_owns_its_folder(open_folder: Path) -> None:
    folder = open_folder / "theirs"
    folder.mkdir()
    os.chown(folder, 65534, 65534)  # nobody
    with Cluster(folder) as cluster:
        assert cluster.layout.pgdata.stat().st_uid == 65534


def test_a_file_in_the_folders_place_is_one_sentence(open_folder: Path) -> None:
    (open_folder / "file").touch()
    with pytest.raises(ClusterError, match=r"cannot be used \(.+\): choose another with --data DIR\.$"):
        Cluster(open_folder / "file").start()


def test_data_stay_in_the_project_where_postgres_can_reach_them(open_folder: Path) -> None:
    assert default_home(open_folder) == open_folder.resolve() / "data"


@as_root
def test_roots_data_leave_a_project_that_is_closed_to_others(open_folder: Path) -> None:
    closed = open_folder / "closed" / "devanture"
    closed.mkdir(parents=True)
    closed.parent.chmod(0o700)
    home = default_home(closed)
    assert home.parent == Path("/var/lib/devanture")
    assert home.name.startswith("devanture-")
    assert home == default_home(closed)


def test_the_gravest_line_is_the_one_told() -> None:
    output = "LOG:  starting\nFATAL:  could not map anonymous shared memory.\nHINT:  try less\n"
    assert last_complaint(output) == "could not map anonymous shared memory"
