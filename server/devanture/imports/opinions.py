"""The invented opinions of a demonstration, read line by line and stored in large batches: memory stays bounded."""

import gzip
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import msgspec

from devanture.db.pool import Connection
from devanture.errors import Problem
from devanture.imports.errors import BadFile
from devanture.imports.reading import bad_json
from devanture.imports.schemas import DemoOpinion
from devanture.imports.summary import Track
from devanture.opinions.bulk import store_batch
from devanture.opinions.intake import Sending
from devanture.opinions.rulebook import Rulebook
from devanture.opinions.rules import decode_opinion
from devanture.opinions.service import Origin, judged
from devanture.processes.phases import span
from devanture.processes.rules import local_day
from devanture.web.sendings import parse_id

_BATCH = 1000
_LINE = 16_384
_DECODER = msgspec.json.Decoder(DemoOpinion)


class Loaded(NamedTuple):
    opinions: int
    voters: int


async def load_opinions(connection: Connection, book: Rulebook, path: Path, now: datetime, track: Track) -> Loaded:
    """Store every opinion of `path`, dated back from `now`; raises `BadFile` naming the line."""
    stored, voters = 0, set[int]()
    for batch in track(_batches(path), None, "Opinions of the demonstration"):
        voters.update(line.voter for _, line in batch)
        sendings = [_sending(path.name, number, line, book, now) for number, line in batch]
        new = await store_batch(connection, book.process.organisation_id, sendings)
        if new < len(batch):
            first, last = batch[0][0], batch[-1][0]
            raise BadFile(f"{path.name}, lines {first} to {last}", "an id stands twice in the file")
        stored += new
    return Loaded(stored, len(voters))


def _batches(path: Path) -> Iterator[list[tuple[int, DemoOpinion]]]:
    batch: list[tuple[int, DemoOpinion]] = []
    for number, text in _lines(path):
        batch.append((number, _decoded(path.name, number, text)))
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    number = 0
    try:
        with gzip.open(path) as file:
            while text := file.readline(_LINE + 1):
                number += 1
                if len(text) > _LINE:
                    raise BadFile(f"{path.name}, line {number}", f"is longer than {_LINE} bytes")
                yield number, text
    except (OSError, EOFError, zlib.error):
        raise BadFile(f"{path.name}, after line {number}", "cannot be read: it is cut or not gzip") from None


def _decoded(name: str, number: int, text: bytes) -> DemoOpinion:
    try:
        return _DECODER.decode(text)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise bad_json(f"{name}, line {number}", error) from None


def _sending(name: str, number: int, line: DemoOpinion, book: Rulebook, now: datetime) -> Sending:
    """Judged as if a phone had sent it on the first instant of the consultation, then dated as the line says."""
    first, _ = span(book.process.phases) or (now, now)
    origin = Origin(f"demo:{line.voter}", "demo", line.channel, line.proof)
    then = now - timedelta(days=line.days_ago)
    try:
        sending = judged(book, parse_id(line.id), decode_opinion(bytes(line.opinion)), origin, first)
    except Problem as problem:
        told = ", ".join([problem.code, *(str(value) for value in problem.params.values())])
        raise BadFile(f"{name}, line {number}", f"the opinion would be refused ({told})") from None
    return replace(sending, day=local_day(then, book.process.timezone), arrived_at=then)
