"""The program behind its real HTTP server: bytes that no client library would send, and a database that goes away."""

import asyncio
from collections.abc import AsyncIterator
from uuid import uuid4

import asyncpg
import msgspec
import pytest
import uvicorn
from httpx2 import AsyncClient
from starlette.applications import Starlette

from devanture.db.cluster import Cluster
from devanture.db.pool import Database
from tests.seed import Seeded, journal, opinion, send

pytestmark = pytest.mark.anyio


@pytest.fixture
async def port(app: Starlette) -> AsyncIterator[int]:
    """The program on a port of its own, with the server's own reading of HTTP."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, lifespan="off", access_log=False, log_level="critical"))
    running = asyncio.ensure_future(server.serve())
    while not server.started:  # noqa: ASYNC110 - uvicorn says it in no other way
        await asyncio.sleep(0.01)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    await running


async def said(port: int, request: bytes) -> bytes:
    """What the server answers to these bytes, until it is done or silent for a second."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(request)
    await writer.drain()
    answer = b""
    try:
        while chunk := await asyncio.wait_for(reader.read(65536), 1 if answer else 5):
            answer += chunk
            if b"\r\n\r\n" in answer and b"HTTP/1.1" in answer:
                break
    except TimeoutError:
        pass
    writer.close()
    return answer


def put(body: bytes, *headers: bytes) -> bytes:
    lines = [f"PUT /api/v1/rue/opinions/{uuid4()} HTTP/1.1".encode(), b"Host: a", b"Content-Type: application/json"]
    return b"\r\n".join([*lines, *headers, b"", body])


BODY = msgspec.json.encode(opinion())
SENT = {
    "NUL in the path": b"GET /rue/lieux/%00 HTTP/1.1\r\nHost: a\r\n\r\n",
    "bytes that are no UTF-8 in the path": b"GET /rue/lieux/%ff%fe HTTP/1.1\r\nHost: a\r\n\r\n",
    "a lone surrogate in the path": b"GET /rue/lieux/%ED%A0%80 HTTP/1.1\r\nHost: a\r\n\r\n",
    "bytes that are no UTF-8 in the query": b"GET /rue/?lang=%ff&%fe=%ED%A0%80 HTTP/1.1\r\nHost: a\r\n\r\n",
    "half an escape": b"GET /rue/lieux/%4%zz% HTTP/1.1\r\nHost: a\r\n\r\n",
    "raw bytes in the path": b"GET /rue/\xc3\xa9\xff HTTP/1.1\r\nHost: a\r\n\r\n",
    "raw bytes in a header": b"GET /rue/ HTTP/1.1\r\nHost: a\r\nAccept-Language: \xff\xfe\r\nCookie: \xff=\xfe\r\n\r\n",
    "a star": b"OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n",
    "a whole address": b"GET http://evil.example/rue/ HTTP/1.1\r\nHost: evil.example\r\n\r\n",
    "no host": b"GET /rue/ HTTP/1.0\r\n\r\n",
    "an unknown method": b"BREW /rue/ HTTP/1.1\r\nHost: a\r\n\r\n",
    "a method of its own": b"PROPFIND /rue/ HTTP/1.1\r\nHost: a\r\n\r\n",
    "no HTTP": b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n",
    "a header without a colon": b"GET / HTTP/1.1\r\nnonsense\r\n\r\n",
    "a length that is no number": put(BODY, b"Content-Length: many"),
    "a length below zero": put(BODY, b"Content-Length: -5"),
    "two lengths": put(BODY, b"Content-Length: 3", b"Content-Length: 90"),
    "a length that is a lie": put(BODY[:20], b"Content-Length: 20"),
    "an endless body": put(b"FFFFF\r\n" + b" " * 70_000, b"Transfer-Encoding: chunked"),
    "chunks that are none": put(b"zz\r\n\r\n", b"Transfer-Encoding: chunked"),
    "a huge declared body": put(b"", b"Content-Length: 99999999999999999999"),
    "a header of 100 kB": b"GET / HTTP/1.1\r\nHost: a\r\nCookie: " + b"x" * 100_000 + b"\r\n\r\n",
    "a thousand forwarders": b"GET / HTTP/1.1\r\nHost: a\r\n" + b"X-Forwarded-For: 1.2.3.4\r\n" * 1000 + b"\r\n",
    "another protocol": b"GET /rue/ HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
    "a web socket": b"GET /rue/ HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n",
    "ranges without end": b"GET /assets/icons.svg HTTP/1.1\r\nHost: a\r\nRange: bytes=" + b"0-0," * 2000 + b"\r\n\r\n",
}  # fmt: skip


@pytest.mark.parametrize("name", SENT)
async def test_bytes_that_no_client_sends_are_no_fault_of_the_server(
    port: int, database: Database, town: Seeded, name: str
) -> None:
    answer = await said(port, SENT[name])
    status = answer.split(b" ", 2)[1:2]
    assert not status or status[0][:1] in b"1234", answer[:300]
    assert b"Traceback" not in answer
    assert await journal(database, town) == []
    assert b" 200 " in (await said(port, b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"))


async def test_a_phone_that_hangs_up_in_the_middle_stores_nothing(port: int, database: Database, town: Seeded) -> None:
    for cut in (1, 10, len(BODY) - 1):
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(put(BODY[:cut], f"Content-Length: {len(BODY)}".encode()))
        await writer.drain()
        writer.close()
    await asyncio.sleep(0.1)
    assert await journal(database, town) == []
    answer = await said(port, put(BODY, f"Content-Length: {len(BODY)}".encode()))
    assert answer.startswith(b"HTTP/1.1 201")


async def test_a_database_that_restarts_costs_a_second_try_and_no_answer(
    client: AsyncClient, cluster: Cluster, database: Database, town: Seeded
) -> None:
    await send(client, opinion("C12", 1))
    superuser = await asyncpg.connect(cluster.superuser_dsn())
    await superuser.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'devanture_app'")
    await superuser.close()
    same = uuid4()
    statuses = [(await send(client, opinion("C14", 2), same)).status_code for _ in range(4)]
    assert set(statuses) <= {200, 201, 503} and statuses[-1] in (200, 201)
    again = Database(database._settings)
    await again.open()
    assert len(await journal(again, town)) == 2
    await again.close()


async def test_a_database_that_may_only_be_read_is_a_reason_to_come_back(
    client: AsyncClient, cluster: Cluster, database: Database, town: Seeded
) -> None:
    await client.get("/rue/")
    superuser = await asyncpg.connect(cluster.superuser_dsn())
    await superuser.execute("ALTER ROLE devanture_app SET default_transaction_read_only = on")
    end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'devanture_app'"
    try:
        await superuser.execute(end)
        answers = [await send(client, opinion("C12", 1)) for _ in range(4)]
        assert {(one.status_code, one.headers.get("retry-after")) for one in answers} == {(503, "2")}
    finally:
        await superuser.execute("ALTER ROLE devanture_app RESET default_transaction_read_only")
        await superuser.execute(end)
        await superuser.close()
