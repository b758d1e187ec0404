"""A real Chromium at phone size before the real program: the street of `tests/seed.py`, served on a free port."""

import asyncio
import os
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from playwright.async_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Playwright,
    Request,
    async_playwright,
    expect,
)  # fmt: skip

from devanture.app import create_app
from devanture.db.pool import Database
from devanture.settings import Settings
from tests.browser.phone import WAIT_S
from tests.conftest import ROOT
from tests.seed import PLACES, Clock, Seeded, Town, place_row, seed

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--headless=new", "--no-sandbox", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--use-angle=swiftshader", "--enable-unsafe-swiftshader",
]  # fmt: skip
STREET = "Rue Crébillon"
expect.set_options(timeout=WAIT_S * 1000)
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "locale": "fr-FR", "has_touch": True}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests are marked by their folder; without a browser or a build they say why they are left out."""
    here = Path(__file__).parent
    reason = _missing()
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if reason:
                item.add_marker(pytest.mark.skip(reason=reason))


def _missing() -> str:
    if CHROMIUM is None:
        return "no Chromium on this machine"
    return "" if (ROOT / "pwa" / "dist" / "sw.js").exists() else "the phone is not built: npm run build in pwa/"


class Server:
    """The program on a thread of its own, so that a test may stop it and start it again: flight mode, for true."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self._settings, self._clock = settings, clock
        self._running: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None
        self.port = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        config = uvicorn.Config(
            create_app(self._settings, self._clock), port=self.port, log_level="error", access_log=False, ws="none",
            timeout_graceful_shutdown=1,
        )  # fmt: skip
        self._running = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._running.run, daemon=True)
        self._thread.start()
        while not self._running.started:
            assert self._thread.is_alive(), "the program did not start"
            self._thread.join(0.02)
        self.port = self._running.servers[0].sockets[0].getsockname()[1]

    def stop(self) -> None:
        if self._running and self._thread:
            self._running.should_exit = True
            self._thread.join(10)
            assert not self._thread.is_alive(), "the program did not stop"
        self._running = self._thread = None


@pytest.fixture
async def town(database: Database, settings: Settings) -> Seeded:
    """The seeded street with one more open door: five can be answered, the one at X9 has been let."""
    return await seed(
        database, settings, Town().but(places=(*PLACES, place_row("C16", 90, number="16", street=STREET)))
    )


@pytest.fixture
def server(settings: Settings, town: Seeded, clock: Clock) -> Iterator[Server]:
    running = Server(settings, clock)
    running.start()
    yield running
    running.stop()


@pytest.fixture
def basemap(settings: Settings) -> Iterator[Path]:
    """The street of the tests lies in central Nantes, whose basemap the project ships."""
    kept = settings.data / "basemaps" / "rue.pmtiles"
    kept.parent.mkdir(exist_ok=True)
    shutil.copy(ROOT / "geodata" / "data" / "nantes" / "basemap.pmtiles", kept)
    yield kept
    kept.unlink()


@pytest.fixture(scope="session")
async def playwright(anyio_backend: str) -> AsyncIterator[Playwright]:
    async with async_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
async def browser(playwright: Playwright) -> AsyncIterator[Browser]:
    chromium = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    yield chromium
    await chromium.close()


@pytest.fixture
async def phone(browser: Browser, server: Server) -> AsyncIterator[BrowserContext]:
    """A phone that has never been here; whatever `watched` finds on any of its screens fails the test."""
    context = await browser.new_context(**PHONE, base_url=server.url)
    faults = watched(context, server.url)
    yield context
    await context.close()
    assert faults == []


def watched(context: BrowserContext, own: str) -> list[str]:
    """Grows by each error that a page throws, each request to anyone but `own`, each thing that the policy forbids."""
    faults: list[str] = []

    def asked(request: Request) -> None:
        if not request.url.startswith((own, "data:", "blob:")):
            faults.append(request.url)

    def told(line: ConsoleMessage) -> None:
        print(line.type, line.text)  # pytest shows it with a failure
        if "Content Security Policy" in line.text:
            faults.append(line.text)

    context.on("request", asked)
    context.on("console", told)
    context.on("weberror", lambda error: faults.append(str(error.error)))
    return faults


@pytest.fixture
async def page(phone: BrowserContext) -> Page:
    return await phone.new_page()


@pytest.fixture
async def bare_page(browser: Browser, server: Server) -> AsyncIterator[Page]:
    """A page without a service worker, whose requests a test may hold, cut or forge."""
    context = await browser.new_context(**PHONE, base_url=server.url, service_workers="block")
    yield await context.new_page()
    await context.close()


@dataclass
class Installed:
    """A Chromium of its own, with a profile on the disk, that can be killed as a phone's battery dies."""

    process: subprocess.Popen[bytes]
    page: Page

    async def kill(self) -> None:
        await asyncio.to_thread(put_out, self.process)


Install = Callable[[], Awaitable[Installed]]


@pytest.fixture
async def install(playwright: Playwright, tmp_path: Path) -> AsyncIterator[Install]:
    """Start the same phone again and again: each call opens the profile that the last one left."""
    started: list[Installed] = []

    async def start() -> Installed:
        process, port = await asyncio.to_thread(launch, tmp_path)
        chromium = await playwright.chromium.connect_over_cdp(f"http://127.0.0.1:{port}")
        phone = Installed(process, await chromium.contexts[0].new_page())
        await phone.page.set_viewport_size(PHONE["viewport"])
        started.append(phone)
        return phone

    yield start
    for phone in started:
        if phone.process.poll() is None:
            await phone.kill()


def launch(profile: Path, flags: Sequence[str] = ()) -> tuple[subprocess.Popen[bytes], int]:
    """Chromium in a process group of its own, on this profile; it writes the port that it listens on."""
    port_file = profile / "DevToolsActivePort"
    port_file.unlink(missing_ok=True)
    command = [str(CHROMIUM), *FLAGS, *flags, f"--user-data-dir={profile}", "--remote-debugging-port=0", "--lang=fr-FR"]
    nowhere = subprocess.DEVNULL
    process = subprocess.Popen([*command, "about:blank"], start_new_session=True, stdout=nowhere, stderr=nowhere)
    for _ in range(600):
        assert process.poll() is None, "Chromium ended before it listened"
        lines = port_file.read_text().splitlines() if port_file.exists() else []
        if lines:
            return process, int(lines[0])
        time.sleep(0.05)
    raise AssertionError("Chromium did not listen within 30 s")


def put_out(process: subprocess.Popen[bytes]) -> None:
    """As when the battery dies: nothing is written any more."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
