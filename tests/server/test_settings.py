"""Settings are refused at the start, with the variable's name."""

import base64
import ipaddress
from pathlib import Path

import pytest

from devanture.errors import SettingError
from devanture.settings import read_settings

GOOD = {
    "DEVANTURE_DATABASE_URL": "postgresql://devanture_app@/devanture",
    "DEVANTURE_DATA": "data",
    "DEVANTURE_KEY": base64.b64encode(bytes(32)).decode(),
}


def test_three_settings_are_enough() -> None:
    settings = read_settings(GOOD)
    assert settings.data == Path("data").absolute()
    assert settings.web.public_url == "http://127.0.0.1:8000"
    assert (settings.database.pool_size, settings.database.owner_url, settings.web.intake_queue) == (10, None, 4000)
    assert settings.web.trusted_proxies == ()
    assert settings.dist.parts[-2:] == ("pwa", "dist")


def test_every_setting_is_read() -> None:
    settings = read_settings(
        GOOD
        | {
            "DEVANTURE_DATABASE_OWNER_URL": "postgresql://o@/d", "DEVANTURE_POOL_SIZE": "3",
            "DEVANTURE_ACQUIRE_SECONDS": "0.5", "DEVANTURE_STATEMENT_SECONDS": "9", "DEVANTURE_LOCK_SECONDS": "1",
            "DEVANTURE_PUBLIC_URL": "https://rue.example/", "DEVANTURE_PORT": "9000", "DEVANTURE_DIST": "/d",
            "DEVANTURE_TRUSTED_PROXIES": "10.0.0.0/8, ::1", "DEVANTURE_INTAKE_QUEUE": "7",
            "DEVANTURE_PUSH_HOSTS": "Push.ville.example, .unified.example",
        }
    )  # fmt: skip
    assert (settings.database.pool_size, settings.database.acquire_seconds) == (3, 0.5)
    assert (settings.database.statement_seconds, settings.database.lock_seconds) == (9, 1)
    assert (settings.web.public_url, settings.web.port) == ("https://rue.example", 9000)
    assert settings.web.trusted_proxies == (ipaddress.ip_network("10.0.0.0/8"), ipaddress.ip_network("::1/128"))
    assert settings.push_hosts == ("push.ville.example", ".unified.example")
    assert (settings.web.intake_queue, settings.dist) == (7, Path("/d"))


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
    ],
)
def test_a_wrong_setting_is_named_with_the_reason(name: str, value: str, why: str) -> None:
    with pytest.raises(SettingError) as refused:
        read_settings(GOOD | {name: value})
    assert refused.value.name == name
    assert str(refused.value).startswith(name) and why in str(refused.value)
