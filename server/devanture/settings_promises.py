"""Settings that are well written and would break the promise all the same: refused at the start, with the reason.

What people reach by its public address is held to more than what runs on one's own machine for a trial.
"""

import ipaddress
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from devanture.errors import OperatorError, SettingError

if TYPE_CHECKING:  # which calls this
    from devanture.settings import Network, Settings

WIDEST = {4: 8, 6: 16}
"""A proxy's network is a few machines: with more, whoever asks could write the address that they come from."""
FEWEST_BYTES = 16
"""Of 32 random bytes 30 differ; with fewer than 16, a person or a default wrote them (odds below 1 in 10^12)."""
IN_MEMORY = {"tmpfs", "ramfs"}
MOUNTS = Path("/proc/self/mounts")


def check_settings(settings: "Settings", environ: Mapping[str, str]) -> "Settings":
    """The same settings; raises `SettingError` or `OperatorError` with the first reason why they may not serve."""
    check_key(settings.key)
    for network in settings.web.trusted_proxies:
        check_proxy(network)
    if is_public(settings.web.public_url):
        _check_public(settings, environ)
    return settings


def check_key(key: bytes) -> None:
    if len(set(key)) < FEWEST_BYTES or all(32 <= byte < 127 for byte in key):
        raise SettingError("DEVANTURE_KEY", "must be random, not typed: make one with « openssl rand -base64 32 »")


def check_proxy(network: "Network") -> None:
    if network.prefixlen < WIDEST[network.version]:
        raise SettingError(
            "DEVANTURE_TRUSTED_PROXIES",
            f"trusts {network}: anybody could write the address that they come from. Name your proxies only",
        )


def is_public(public_url: str) -> bool:
    """Whether others than this machine open that address."""
    host = urlsplit(public_url).hostname or ""
    try:
        return not ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host != "localhost" and not host.endswith(".localhost")


def _check_public(settings: "Settings", environ: Mapping[str, str]) -> None:
    if not settings.web.public_url.startswith("https://"):
        raise SettingError(
            "DEVANTURE_PUBLIC_URL",
            "must begin with https:// unless it is this machine: answers and cookies could be read on the way",
        )
    if not settings.web.trusted_proxies:
        raise SettingError(
            "DEVANTURE_TRUSTED_PROXIES",
            "is not set, though DEVANTURE_PUBLIC_URL is public: everybody would seem to come from the proxy itself",
        )
    if sys.flags.dev_mode or environ.get("PYTHONASYNCIODEBUG"):
        raise OperatorError("Python's debug mode is on: it writes what people send into the log. Start without it.")
    if (kind := filesystem_of(settings.data)) in IN_MEMORY:
        raise SettingError("DEVANTURE_DATA", f"lies in memory ({kind}): photos would be gone with the power")


def filesystem_of(folder: Path, mounts: Path | None = None) -> str:
    """The kind of file system that a folder lies on, or will; empty where the machine does not tell."""
    try:
        lines = [line.split() for line in (mounts or MOUNTS).read_text().splitlines()]
    except OSError:
        return ""
    # A mount's folder is written with \\040 for a space; of two at one folder the later hides the earlier.
    kinds = {Path(line[1].encode().decode("unicode_escape")): line[2] for line in lines if len(line) > 2}
    whole = folder.resolve()
    return next((kinds[parent] for parent in (whole, *whole.parents) if parent in kinds), "")
