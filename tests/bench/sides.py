"""The two sides: the program's grouped intake, and pgbench with the very statements that it groups."""

import asyncio
import os
import re
import time
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from random import Random
from uuid import UUID, uuid4

import msgspec

from devanture.app import FOR_OPINIONS
from devanture.db.cluster_install import find_postgres
from devanture.db.pool import Database
from devanture.opinions import queries, storing
from devanture.opinions.intake import Intake, Sending
from tests.served import Served

VOTERS, DOORS = 30_000, 200
PAYLOAD = {"v": 1, "place": "D12", "seq": 7, "wishes": ["fishmonger", "bakery"], "comment": "merci pour la rue"}
_STATEMENT = Path(queries.__file__).with_name("store.sql")
_CAST = re.compile(r"\$(\d+)::(\w+)\[\]")
_TPS = re.compile(r"tps = ([\d.]+) \(without")


class IntakeSide:
    """`Intake` over its own pool, as `create_app` builds them, in one process."""

    def __init__(self, running: Served) -> None:
        self._database = Database(replace(running.settings.database, pool_size=FOR_OPINIONS))
        self._town, self._chance = running.town, Random(1)
        self.stored = 0

    async def rate(self, clients: int, seconds: float) -> float:
        """Opinions committed a second, by clients of which each sends anew once the one before is answered."""
        await self._database.open()
        intake, before = Intake(storing.store_in(self._database), 4000), self.stored
        begun = time.perf_counter()
        try:
            await asyncio.gather(*(self._client(intake, begun + seconds) for _ in range(clients)))
            return (self.stored - before) / (time.perf_counter() - begun)
        finally:
            await self._database.close()

    async def _client(self, intake: Intake, end: float) -> None:
        while True:
            assert await intake.submit(self._town.organisation_id, self._sending()) == "stored"
            self.stored += 1
            if time.perf_counter() >= end:
                return

    def _sending(self) -> Sending:
        now, sending_id = datetime.now(UTC), uuid4()
        voter, door = self._chance.randrange(VOTERS), self._chance.randrange(DOORS)
        network = sha256(f"network {voter}".encode()).digest()[:16]
        return Sending(
            process_id=self._town.process_id, id=sending_id, place_id=UUID(int=door),
            seq=self._chance.randrange(1, 10**6),
            voter=sha256(f"voter {voter}".encode()).digest(), version=1, payload=PAYLOAD, day=now.date(), channel="web",
            digest=sha256(sending_id.bytes).digest(), proof="none", late=False, wishes="fishmonger bakery", other=False,
            withdrawn=False, arrived_at=now, network=network, leaf=sha256(sending_id.bytes).digest(), host=network,
            issued_at=now, standing="f", waited=False,
        )  # fmt: skip


class PgbenchSide:
    """`pgbench`, one opinion in each transaction: BEGIN, the organisation's name, `store.sql`, COMMIT."""

    def __init__(self, running: Served, folder: Path) -> None:
        self._running, self._script = running, folder / "opinion.sql"
        self._script.write_text(script(running.town.organisation_id, running.town.process_id))

    async def rate(self, clients: int, seconds: float) -> float:
        """Transactions a second, connecting left out."""
        return await self.run(clients, "-T", str(round(seconds)))

    async def run(self, clients: int, *until: str) -> float:
        """The same, `until` as pgbench is told it: `-T` seconds, or `-t` transactions of each client."""
        layout, pgbench = self._running.cluster.layout, find_postgres(self._running.cluster.layout.made_by()).bin
        command = [
            str(pgbench / "pgbench"), "-n", "-M", "prepared", "-c", str(clients), "-j", str(os.cpu_count()),
            *until, "-f", str(self._script), "-h", str(layout.socket_dir),
            "-p", str(self._running.cluster.port), "-U", "devanture_app", "devanture",
        ]  # fmt: skip
        pipe = asyncio.subprocess.PIPE
        running = await asyncio.create_subprocess_exec(*command, stdout=pipe, stderr=asyncio.subprocess.STDOUT)
        told = (await running.communicate())[0].decode()
        found = _TPS.search(told)
        assert found and not running.returncode, told[:600]
        return float(found[1])


def script(organisation_id: UUID, process_id: UUID) -> str:
    """The transaction for pgbench; each column of `store.sql` is an array of one value, made in SQL."""
    now = "now()"
    values = {
        2: f"'{process_id}'", 3: "gen_random_uuid()", 4: "lpad(to_hex(:door::int), 32, '0')::uuid",
        5: "sha256(('voter ' || :voter::int)::bytea)", 6: ":seq", 7: "1",
        8: f"'{msgspec.json.encode(PAYLOAD).decode()}'", 9: "sha256(gen_random_uuid()::text::bytea)",
        10: "current_date", 11: "'web'", 12: "'none'", 13: "false",
        14: "'fishmonger bakery'", 15: "false", 16: "false", 17: now,
        18: _NETWORK, 19: "sha256(gen_random_uuid()::text::bytea)", 20: _NETWORK, 21: now, 22: "'f'", 23: "false",
    }  # fmt: skip
    lines = [line for line in _STATEMENT.read_text().splitlines() if not line.lstrip().startswith("--")]
    statement = _CAST.sub(lambda found: f"ARRAY[{values[int(found[1])]}]::{found[2]}[]", "\n".join(lines))
    return "\n".join([
        f"\\set voter random(1, {VOTERS})", f"\\set door random(0, {DOORS - 1})", "\\set seq random(1, 1000000)",
        "BEGIN;",
        f"SELECT set_config('devanture.organisation', '{organisation_id}', true);",
        statement.replace("$1", f"'{organisation_id}'::uuid") + ";", "COMMIT;",
    ])  # fmt: skip


_NETWORK = "substring(sha256(('network ' || :voter::int)::bytea) for 16)"
