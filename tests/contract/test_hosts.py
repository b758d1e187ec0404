"""No file names the host of a package registry: whoever installs brings their own mirror."""

import re

from tests.contract.reading import project_files, shown

# Built from pieces, so that this file names none either.
HOSTS = [
    rf"(files\.)?{'py' + 'pi'}\.(org|python\.org)", rf"files\.{'python' + 'hosted'}\.org",
    rf"registry\.{'npm' + 'js'}\.(org|com)", rf"registry\.{'yarn' + 'pkg'}\.com",
    rf"(deb|ftp\.\w+|security)\.{'deb' + 'ian'}\.org",
    rf"static\.{'crates'}\.io", rf"{'rubygems'}\.org", rf"proxy\.{'golang'}\.org", rf"{'conda'}\.anaconda\.org",
]  # fmt: skip
PATTERN = re.compile("|".join(HOSTS), re.IGNORECASE)
NOT_TEXT = {".png", ".pmtiles", ".gz", ".woff2", ".pbf", ".zip", ".gpkg", ".jpg", ".webp", ".xlsx"}


def naming(files: dict[str, str]) -> list[str]:
    return [f"{name}: {found[0]}" for name, text in files.items() if (found := PATTERN.search(text))]


def test_no_file_names_a_package_registry() -> None:
    files = [path for path in project_files() if path.suffix not in NOT_TEXT]
    assert naming({shown(path): path.read_text(errors="replace") for path in files}) == []


def test_a_named_registry_is_found() -> None:
    planted = [
        f"https://{'py' + 'pi'}.org/simple",
        f"https://registry.{'npm' + 'js'}.org/x.tgz",
        f"http://deb.{'deb' + 'ian'}.org",
    ]
    assert len(naming({str(n): text for n, text in enumerate(planted)})) == len(planted)
    assert naming({"a": "docs at postgis.net, licence at spdx.org"}) == []
