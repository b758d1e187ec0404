"""Everything the operator can set: read once from the environment, frozen, refused at start with the variable's name.

`docs/operator.md` lists every variable; a contract test fails when one is missing there.
"""

import base64
import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from devanture.errors import SettingError
from devanture.settings_promises import check_settings

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


@dataclass(frozen=True)
class DatabaseSettings:
    """Two roles: `app_url` runs the program, `owner_url` migrates and nothing else."""

    app_url: str
    owner_url: str | None
    pool_size: int
    acquire_seconds: float
    statement_seconds: float
    lock_seconds: float


@dataclass(frozen=True)
class WebSettings:
    """How the program is reached; `public_url` decides whether cookies are `Secure`."""

    public_url: str
    port: int
    trusted_proxies: tuple[Network, ...]
    intake_queue: int

    def origin(self, asked: str) -> str:
        """What the absolute addresses of pages begin with: `public_url` where one was set, else what was asked for."""
        return asked.rstrip("/") if self.public_url == _loopback(self.port) else self.public_url


@dataclass(frozen=True)
class MailSettings:
    """The operator's mail server. `tls`: encrypted from the first byte; else STARTTLS wherever the server offers it."""

    host: str
    port: int
    user: str
    password: str
    tls: bool
    sender: str


@dataclass(frozen=True)
class VoterSettings:
    """How many voters a line and a network are given freely in an hour, and what one try at a sum takes beyond."""

    per_host: int
    per_network: int
    puzzle_megabytes: int


@dataclass(frozen=True)
class Settings:
    database: DatabaseSettings
    web: WebSettings
    voters: VoterSettings
    data: Path
    key: bytes
    dist: Path
    mail: MailSettings | None = None
    push_hosts: tuple[str, ...] = ()


def read_settings(environ: Mapping[str, str]) -> Settings:
    """Settings from `DEVANTURE_*` variables; raises `SettingError` naming the one that is missing or wrong."""
    settings = Settings(
        database=_database(environ),
        web=_web(environ),
        voters=_voters(environ),
        data=Path(_required(environ, "DEVANTURE_DATA")).absolute(),
        key=_key(environ),
        dist=Path(environ.get("DEVANTURE_DIST") or _default_dist()).absolute(),
        mail=_mail(environ),
        push_hosts=_hosts(environ, "DEVANTURE_PUSH_HOSTS"),
    )
    return check_settings(settings, environ)


def _database(environ: Mapping[str, str]) -> DatabaseSettings:
    return DatabaseSettings(
        app_url=_required(environ, "DEVANTURE_DATABASE_URL"),
        owner_url=environ.get("DEVANTURE_DATABASE_OWNER_URL") or None,
        pool_size=_whole(environ, "DEVANTURE_POOL_SIZE", 10, 1, 200),
        acquire_seconds=_number(environ, "DEVANTURE_ACQUIRE_SECONDS", 2, 0.1, 60),
        statement_seconds=_number(environ, "DEVANTURE_STATEMENT_SECONDS", 5, 0.1, 600),
        lock_seconds=_number(environ, "DEVANTURE_LOCK_SECONDS", 2, 0.1, 60),
    )


def _web(environ: Mapping[str, str]) -> WebSettings:
    port = _whole(environ, "DEVANTURE_PORT", 8000, 1, 65535)
    return WebSettings(
        public_url=_address(environ, "DEVANTURE_PUBLIC_URL", _loopback(port)),
        port=port,
        trusted_proxies=_networks(environ, "DEVANTURE_TRUSTED_PROXIES"),
        intake_queue=_whole(environ, "DEVANTURE_INTAKE_QUEUE", 4000, 1, 1_000_000),
    )


def _voters(environ: Mapping[str, str]) -> VoterSettings:
    return VoterSettings(
        per_host=_whole(environ, "DEVANTURE_VOTERS_PER_HOST", 60, 1, 1_000_000),
        per_network=_whole(environ, "DEVANTURE_VOTERS_PER_NETWORK", 240, 1, 1_000_000),
        puzzle_megabytes=_power_of_two(environ, "DEVANTURE_PUZZLE_MEGABYTES", 16, 64),
    )


def _mail(environ: Mapping[str, str]) -> MailSettings | None:
    if not environ.get("DEVANTURE_SMTP_URL", "").strip():
        return None
    address = urlsplit(_required(environ, "DEVANTURE_SMTP_URL"))
    sender = _required(environ, "DEVANTURE_MAIL_FROM")
    try:
        host, port = address.hostname, address.port
    except ValueError:
        host, port = None, None
    if address.scheme not in ("smtp", "smtps") or not host:
        raise SettingError("DEVANTURE_SMTP_URL", "must look like smtp://user:password@host:587 or smtps://host")
    if not re.fullmatch(r"[^@\s<>,;]+@[^@\s<>,;]+", sender):
        raise SettingError("DEVANTURE_MAIL_FROM", f"must be one mail address, not « {sender} »")
    tls = address.scheme == "smtps"
    user, password = unquote(address.username or ""), unquote(address.password or "")
    return MailSettings(host, port or (465 if tls else 587), user, password, tls, sender)


def _loopback(port: int) -> str:
    return f"http://127.0.0.1:{port}"


def _required(environ: Mapping[str, str], name: str) -> str:
    value = environ.get(name, "").strip()
    if not value:
        raise SettingError(name, "is not set")
    return value


def _number(environ: Mapping[str, str], name: str, default: float, low: float, high: float) -> float:
    text = environ.get(name, "").strip()
    if not text:
        return default
    try:
        value = float(text)
    except ValueError:
        raise SettingError(name, f"must be a number, not « {text} »") from None
    if not low <= value <= high:
        raise SettingError(name, f"must lie between {low} and {high}")
    return value


def _whole(environ: Mapping[str, str], name: str, default: int, low: int, high: int) -> int:
    value = _number(environ, name, default, low, high)
    if value != int(value):
        raise SettingError(name, "must be a whole number")
    return int(value)


def _power_of_two(environ: Mapping[str, str], name: str, default: int, high: int) -> int:
    value = _whole(environ, name, default, 1, high)
    if value.bit_count() != 1:
        raise SettingError(name, "must be a power of two")
    return value


def _address(environ: Mapping[str, str], name: str, default: str) -> str:
    text = environ.get(name, "").strip() or default
    if not text.startswith(("http://", "https://")):
        raise SettingError(name, "must begin with http:// or https://")
    return text.rstrip("/")


def _networks(environ: Mapping[str, str], name: str) -> tuple[Network, ...]:
    try:
        return tuple(ipaddress.ip_network(part.strip()) for part in environ.get(name, "").split(",") if part.strip())
    except ValueError as error:
        raise SettingError(name, f"must be networks separated by commas: {error}") from None


def _hosts(environ: Mapping[str, str], name: str) -> tuple[str, ...]:
    """Names of machines on the Internet, never numbers; `.example.org` stands for all below it."""
    hosts = tuple(part.strip().lower() for part in environ.get(name, "").split(",") if part.strip())
    for host in hosts:
        if not re.fullmatch(r"\.?([a-z0-9-]+\.)+[a-z][a-z0-9-]+", host):
            raise SettingError(name, f"must be host names, not « {host} »")
    return hosts


def _key(environ: Mapping[str, str]) -> bytes:
    try:
        key = base64.b64decode(_required(environ, "DEVANTURE_KEY"), validate=True)
    except ValueError:  # what is not ASCII, and what binascii calls wrong
        raise SettingError("DEVANTURE_KEY", "must be 32 bytes in base64") from None
    if len(key) != 32:
        raise SettingError("DEVANTURE_KEY", "must be 32 bytes in base64")
    return key


def _default_dist() -> Path:
    return Path(__file__).parents[2] / "pwa" / "dist"
