"""Settings are refused at the start, with the variable's name."""

import base64
import ipaddress
from pathlib import Path

import pytest

from devanture.errors import OperatorError, SettingError
from devanture.settings import VoterSettings, read_settings
from devanture.settings_promises import filesystem_of

GOOD = {
    "DEVANTURE_DATABASE_URL": "postgresql://devanture_app@/devanture",
    "DEVANTURE_DATA": "data",
    "DEVANTURE_KEY": base64.b64encode(bytes(range(100, 132))).decode(),
}
PUBLIC = GOOD | {
    "DEVANTURE_PUBLIC_URL": "https://rue.example", "DEVANTURE_TRUSTED_PROXIES": "127.0.0.1", "DEVANTURE_DATA": "/",
}  # fmt: skip


def test_three_settings_are_enough() -> None:
    settings = read_settings(GOOD)
    assert settings.data == Path("data").absolute()
    assert settings.web.public_url == "http://127.0.0.1:8000"
    assert (settings.database.pool_size, settings.database.owner_url, settings.web.intake_queue) == (10, None, 4000)
    assert settings.web.trusted_proxies == ()
    assert settings.voters == VoterSettings(60, 240, 16)
    assert settings.dist.parts[-2:] == ("pwa", "dist")


def test_every_setting_is_read() -> None:
    settings = read_settings(
        GOOD
        | {
            "DEVANTURE_DATABASE_OWNER_URL": "postgresql://o@/d", "DEVANTURE_POOL_SIZE": "3",
            "DEVANTURE_ACQUIRE_SECONDS": "0.5", "DEVANTURE_STATEMENT_SECONDS": "9", "DEVANTURE_LOCK_SECONDS": "1",
            "DEVANTURE_PUBLIC_URL": "https://rue.example/", "DEVANTURE_PORT": "9000", "DEVANTURE_DIST": "/d",
            "DEVANTURE_TRUSTED_PROXIES": "10.0.0.0/8, ::1", "DEVANTURE_INTAKE_QUEUE": "7",
            "DEVANTURE_PUSH_HOSTS": "Push.ville.example, .unified.example", "DEVANTURE_VOTERS_PER_HOST": "5",
            "DEVANTURE_VOTERS_PER_NETWORK": "6", "DEVANTURE_PUZZLE_MEGABYTES": "8",
        }
    )  # fmt: skip
    assert (settings.database.pool_size, settings.database.acquire_seconds) == (3, 0.5)
    assert (settings.database.statement_seconds, settings.database.lock_seconds) == (9, 1)
    assert (settings.web.public_url, settings.web.port) == ("https://rue.example", 9000)
    assert settings.web.trusted_proxies == (ipaddress.ip_network("10.0.0.0/8"), ipaddress.ip_network("::1/128"))
    assert settings.push_hosts == ("push.ville.example", ".unified.example")
    assert (settings.web.intake_queue, settings.dist) == (7, Path("/d"))
    assert settings.voters == VoterSettings(5, 6, 8)


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("DEVANTURE_DATABASE_URL", "", "is not set"),
        ("DEVANTURE_DATA", "  ", "is not set"),
        ("DEVANTURE_KEY", "", "is not set"),
        ("DEVANTURE_KEY", "short", "must be 32 bytes in base64"),
        ("DEVANTURE_KEY", "é" * 44, "must be 32 bytes in base64"),
        ("DEVANTURE_KEY", base64.b64encode(bytes(31)).decode(), "must be 32 bytes in base64"),
        ("DEVANTURE_POOL_SIZE", "many", "must be a number, not « many »"),
        ("DEVANTURE_POOL_SIZE", "0", "must lie between 1 and 200"),
        ("DEVANTURE_POOL_SIZE", "2.5", "must be a whole number"),
        ("DEVANTURE_PORT", "99999", "must lie between 1 and 65535"),
        ("DEVANTURE_LOCK_SECONDS", "nan", "must lie between"),
        ("DEVANTURE_LOCK_SECONDS", "inf", "must lie between"),
        ("DEVANTURE_TRUSTED_PROXIES", "10.0.0.1/8", "must be networks"),
        ("DEVANTURE_TRUSTED_PROXIES", "proxy.example", "must be networks"),
        ("DEVANTURE_PUBLIC_URL", "rue.example", "must begin with http:// or https://"),
        ("DEVANTURE_PUSH_HOSTS", "push.example.org, 10.0.0.1", "must be host names, not « 10.0.0.1 »"),
        ("DEVANTURE_PUSH_HOSTS", "localhost", "must be host names"),
        ("DEVANTURE_PUZZLE_MEGABYTES", "12", "must be a power of two"),
        ("DEVANTURE_KEY", base64.b64encode(bytes(32)).decode(), "must be random, not typed"),
        ("DEVANTURE_KEY", base64.b64encode(b"0123456789abcdef" * 2).decode(), "must be random, not typed"),
        ("DEVANTURE_KEY", base64.b64encode(b"The quick brown fox jumps over 1").decode(), "must be random, not typed"),
        ("DEVANTURE_TRUSTED_PROXIES", "0.0.0.0/0", "anybody could write the address"),
        ("DEVANTURE_TRUSTED_PROXIES", "10.0.0.0/8, ::/0", "trusts ::/0"),
        ("DEVANTURE_TRUSTED_PROXIES", "0.0.0.0/1, 128.0.0.0/1", "trusts 0.0.0.0/1"),
        ("DEVANTURE_PUBLIC_URL", "http://rue.example", "must begin with https://"),
        ("DEVANTURE_PUBLIC_URL", "http://192.168.1.20:8000", "must begin with https://"),
        ("DEVANTURE_TRUSTED_PROXIES", "", "is not set, though DEVANTURE_PUBLIC_URL is public"),
    ],
)
def test_a_wrong_setting_is_named_with_the_reason(name: str, value: str, why: str) -> None:
    with pytest.raises(SettingError) as refused:
        read_settings((GOOD if value else PUBLIC) | {name: value})
    assert refused.value.name == name
    assert str(refused.value).startswith(name) and why in str(refused.value)


@pytest.mark.parametrize("address", ["http://127.0.0.1:9000", "http://localhost:9000", "http://[::1]", "http://a.localhost"])
def test_a_trial_on_this_machine_needs_neither_https_nor_a_proxy(address: str) -> None:
    assert read_settings(GOOD | {"DEVANTURE_PUBLIC_URL": address}).web.public_url == address


def test_python_s_debug_mode_may_not_serve_the_public() -> None:
    assert read_settings(PUBLIC).web.public_url == "https://rue.example"
    with pytest.raises(OperatorError, match="debug mode"):
        read_settings(PUBLIC | {"PYTHONASYNCIODEBUG": "1"})


MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
tmpfs /run/pictures tmpfs rw 0 0
/dev/sdb1 /run/pictures/kept ext4 rw 0 0
tmpfs /srv/in\\040memory tmpfs rw 0 0
/dev/sdc1 /over tmpfs rw 0 0
/dev/sdc1 /over xfs rw 0 0
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/var/lib/devanture", "ext4"),
        ("/run/pictures/2026/11", "tmpfs"),
        ("/run/pictures/kept/a", "ext4"),
        ("/srv/in memory/a", "tmpfs"),
        ("/over/a", "xfs"),
    ],
)
def test_a_folder_is_known_by_the_nearest_mount_above_it(tmp_path: Path, folder: str, kind: str) -> None:
    (tmp_path / "mounts").write_text(MOUNTS)
    assert filesystem_of(Path(folder), tmp_path / "mounts") == kind
    assert filesystem_of(Path(folder), tmp_path / "nothing") == ""


def test_photos_of_residents_may_not_lie_in_memory(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "mounts").write_text(MOUNTS)
    monkeypatch.setattr("devanture.settings_promises.MOUNTS", tmp_path / "mounts")
    assert read_settings(PUBLIC | {"DEVANTURE_DATA": "/var/lib/devanture"})
    with pytest.raises(SettingError, match=r"DEVANTURE_DATA lies in memory \(tmpfs\)"):
        read_settings(PUBLIC | {"DEVANTURE_DATA": "/run/pictures"})
    assert read_settings(GOOD | {"DEVANTURE_DATA": "/run/pictures"})
