"""The proxy's own configuration, filled in as compose.yaml fills it in, in Debian's nginx on the loopback."""

import asyncio
import datetime
import os
import re
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from devanture.db.pool import Database
from tests.conftest import ROOT
from tests.rig.program import Program, free_port
from tests.seed import Seeded, journal

TEMPLATE = ROOT / "docker" / "nginx.conf.template"
NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")
DEADLINE_S, LIMIT = 10, 600
MAIN = """
daemon off; master_process off; pid {folder}/pid; error_log stderr crit;
events {{ worker_connections 2048; }}
http {{
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/f;
    uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
    include {folder}/devanture.conf;
}}
"""
# `./devanture test` installs it, which takes root: where there is root, nothing is skipped.
_ABSENT = NGINX is None and os.geteuid() != 0
pytestmark = [
    pytest.mark.anyio, pytest.mark.skipif(_ABSENT, reason="nginx is not installed, and only root may install it"),
]  # fmt: skip


class Upstream:
    """Stands where the program stands, and remembers what reached it."""

    def __init__(self) -> None:
        self.port, self.heard = free_port(), bytearray()
        self._lines: list[asyncio.StreamWriter] = []
        self.silent = False
        """Takes requests and answers none."""

    async def hang_up(self) -> None:
        for writer in self._lines:
            await close(writer)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._lines.append(writer)
        with suppress(OSError):
            while chunk := await reader.read(65_536):
                self.heard += chunk
                if b"\r\n\r\n" in chunk and not self.silent:
                    writer.write(b"HTTP/1.1 204 No Content\r\n\r\n")


class Proxy:
    """nginx, on ports of its own."""

    def __init__(self, folder: Path, upstream: int) -> None:
        self.plain, self.tls, self._folder = free_port(), free_port(), folder
        certificate, key = self_signed(folder)
        values = {
            "PROXY_UPSTREAM": f"127.0.0.1:{upstream}", "PROXY_LISTEN_PLAIN": f"127.0.0.1:{self.plain}",
            "PROXY_LISTEN_TLS": f"127.0.0.1:{self.tls}", "PROXY_CERTIFICATE": str(certificate),
            "PROXY_CERTIFICATE_KEY": str(key),
        }  # fmt: skip
        text = re.sub(r"\$\{([A-Z_]+)\}", lambda name: values[name[1]], TEMPLATE.read_text())
        (folder / "devanture.conf").write_text(text)
        (folder / "nginx.conf").write_text(MAIN.format(folder=folder))
        self._trusted = ssl.create_default_context(cafile=str(certificate))

    def start(self) -> "subprocess.Popen[bytes]":
        assert NGINX, "nginx is not installed: ./devanture test does it"
        process = subprocess.Popen([NGINX, "-c", str(self._folder / "nginx.conf"), "-p", str(self._folder)])
        end = time.monotonic() + 10
        while time.monotonic() < end:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.tls)) == 0:
                    return process
            time.sleep(0.05)
        process.kill()
        raise AssertionError("nginx does not answer")

    async def connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        return await asyncio.open_connection("127.0.0.1", self.tls, ssl=self._trusted, server_hostname="localhost")

    async def ask(self, head: str, body: bytes = b"") -> bytes:
        """The whole answer to one request."""
        reader, writer = await self.connect()
        lines = f"{head}\r\nHost: localhost\r\nConnection: close\r\nContent-Length: {len(body)}\r\n\r\n"
        writer.write(lines.encode() + body)
        try:
            return await asyncio.wait_for(reader.read(), 10)
        finally:
            await close(writer)


async def close(writer: asyncio.StreamWriter) -> None:
    writer.transport.abort()
    with suppress(OSError):
        await writer.wait_closed()


def self_signed(folder: Path) -> tuple[Path, Path]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    today = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - datetime.timedelta(days=1)).not_valid_after(today + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    files = folder / "certificate.pem", folder / "key.pem"
    files[0].write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    files[1].write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return files


@pytest.fixture
async def upstream() -> AsyncIterator[Upstream]:
    standing = Upstream()
    server = await asyncio.start_server(standing.serve, "127.0.0.1", standing.port)
    yield standing
    server.close()
    await standing.hang_up()


@pytest.fixture
def proxy(upstream: Upstream, tmp_path: Path) -> Iterator[Proxy]:
    with running(Proxy(tmp_path, upstream.port)) as proxy:
        yield proxy


@contextmanager
def running(proxy: Proxy) -> Iterator[Proxy]:
    process = proxy.start()
    try:
        yield proxy
    finally:
        process.terminate()
        process.wait(10)


async def test_what_an_asker_writes_of_addresses_is_thrown_away(proxy: Proxy, upstream: Upstream) -> None:
    false = "GET /rue/ HTTP/1.1\r\nX-Forwarded-For: 203.0.113.9\r\nX-Real-IP: 203.0.113.9\r\nForwarded: for=203.0.113.9"
    assert (await proxy.ask(false)).startswith(b"HTTP/1.1 204")
    heard = bytes(upstream.heard).lower()
    assert b"203.0.113.9" not in heard
    assert heard.count(b"x-forwarded-for: 127.0.0.1\r\n") == 1 == heard.count(b"x-forwarded-for")


async def test_the_host_that_was_asked_for_is_passed_on(proxy: Proxy, upstream: Upstream) -> None:
    await proxy.ask("GET /rue/ HTTP/1.1")
    assert b"host: localhost\r\n" in bytes(upstream.heard).lower()


async def test_large_bodies_are_refused_before_the_program_hears_of_them(proxy: Proxy, upstream: Upstream) -> None:
    opinion = await proxy.ask("PUT /api/v1/rue/opinions/1 HTTP/1.1", bytes(70_000))
    photo = await proxy.ask("PUT /api/v1/rue/photos/1 HTTP/1.1", bytes(12_700_000))
    assert opinion.startswith(b"HTTP/1.1 413") and photo.startswith(b"HTTP/1.1 413")
    assert not upstream.heard
    assert (await proxy.ask("PUT /api/v1/rue/photos/1 HTTP/1.1", bytes(11_900_000))).startswith(b"HTTP/1.1 204")


async def test_a_header_line_over_sixteen_kilobytes_is_refused(proxy: Proxy, upstream: Upstream) -> None:
    answer = await proxy.ask(f"GET /rue/ HTTP/1.1\r\nX-Long: {'a' * 17_000}")
    assert answer.startswith(b"HTTP/1.1 400") and not upstream.heard


async def test_a_school_behind_one_address_is_served(proxy: Proxy, upstream: Upstream) -> None:
    answers = await asyncio.gather(*(proxy.ask("GET /rue/ HTTP/1.1") for _ in range(300)))
    assert {answer[:12] for answer in answers} == {b"HTTP/1.1 204"}


async def test_one_address_holds_no_more_than_its_limit_and_the_next_is_told_to_come_back(
    proxy: Proxy, upstream: Upstream
) -> None:
    upstream.silent = True
    held = [await proxy.connect() for _ in range(LIMIT)]
    for _, writer in held:
        writer.write(b"GET /rue/ HTTP/1.1\r\nHost: localhost\r\n\r\n")
    while upstream.heard.count(b"GET") < LIMIT:  # noqa: ASYNC110
        await asyncio.sleep(0.05)
    answer = await proxy.ask("PUT /api/v1/rue/opinions/1 HTTP/1.1", b"{}")
    assert answer.startswith(b"HTTP/1.1 503") and b"Retry-After: 2\r\n" in answer
    await asyncio.gather(*(close(writer) for _, writer in held))


async def test_slow_and_half_open_clients_are_let_go_in_time_and_reach_nobody(proxy: Proxy, upstream: Upstream) -> None:
    begun = time.monotonic()
    await asyncio.gather(*(_drip(proxy) for _ in range(100)), *(_never_sends_its_body(proxy) for _ in range(100)))
    assert DEADLINE_S - 1 < time.monotonic() - begun < DEADLINE_S + 5
    assert not upstream.heard


async def _drip(proxy: Proxy) -> None:
    """A header that grows by a letter a second."""
    reader, writer = await proxy.connect()
    writer.write(b"GET /rue/ HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")
    left = asyncio.create_task(reader.read())
    while not left.done():
        writer.write(b"a")
        await asyncio.wait([left], timeout=1)
    await close(writer)
    with suppress(OSError):
        left.result()


async def _never_sends_its_body(proxy: Proxy) -> None:
    reader, writer = await proxy.connect()
    writer.write(b"PUT /api/v1/rue/opinions/1 HTTP/1.1\r\nHost: localhost\r\nContent-Length: 200\r\n\r\n{")
    with suppress(OSError):
        await reader.read()
    await close(writer)


async def test_what_runs_the_program_is_not_told_outside(proxy: Proxy, upstream: Upstream) -> None:
    answer = await proxy.ask("GET /metrics HTTP/1.1")
    assert answer.startswith(b"HTTP/1.1 404") and not upstream.heard
    assert b"Strict-Transport-Security" in answer and b"nginx/" not in answer


async def test_plain_http_leads_to_tls(proxy: Proxy) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", proxy.plain)
    writer.write(b"GET /rue/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    answer = await reader.read()
    await close(writer)
    assert answer.startswith(b"HTTP/1.1 301") and b"Location: https://localhost/rue/\r\n" in answer


async def test_a_program_that_is_away_is_told_as_busy_and_the_phone_keeps_its_answer(tmp_path: Path) -> None:
    with running(Proxy(tmp_path, free_port())) as proxy:
        answer = await proxy.ask("PUT /api/v1/rue/opinions/1 HTTP/1.1", b"{}")
        assert answer.startswith(b"HTTP/1.1 503") and b"Retry-After: 2\r\n" in answer
        assert b'"code":"busy"' in answer and b"application/problem+json" in answer
        assert b"text/html" in await proxy.ask("GET /rue/ HTTP/1.1")


async def test_an_opinion_goes_through_it_to_the_real_program(
    environ: dict[str, str], database: Database, town: Seeded, tmp_path: Path
) -> None:
    program = Program(environ | {"DEVANTURE_TRUSTED_PROXIES": "127.0.0.1/32"})
    await program.start()
    try:
        with running(Proxy(tmp_path, program.port)) as proxy:
            body = b'{"v": 1, "place": "C12", "seq": 1, "wishes": ["fishmonger"]}'
            address = "PUT /api/v1/rue/opinions/6f1f6a4e-4c53-4f4c-9c0e-0d6a3f1f2a11 HTTP/1.1"
            assert (await proxy.ask(f"{address}\r\nContent-Type: application/json", body)).startswith(b"HTTP/1.1 201")
    finally:
        await program.kill()
    assert [row["seq"] for row in await journal(database, town)] == [1]
