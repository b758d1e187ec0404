"""The process that a town folder is written to: made when absent, else brought up to date."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

import msgspec

from devanture.db.pool import Connection, enter_organisation
from devanture.errors import OperatorError, Problem
from devanture.imports.rules import Bounds, Calendar, Dates, calendar
from devanture.imports.schemas import Manifest
from devanture.imports.texts import TEXTS
from devanture.imports.transaction import JoinedDatabase
from devanture.opinions.bulk import any_opinion
from devanture.organisations.bulk import ensure_organisation
from devanture.processes import bulk, keys
from devanture.processes.schemas import Process
from devanture.processes.service import find_process

MAX_WISHES = 3
KIND = "premises"


@dataclass(frozen=True)
class Target:
    """`answered`: somebody has given an opinion, which freezes perimeter and choices."""

    organisation_id: UUID
    process_id: UUID
    bounds: Bounds
    new: bool
    answered: bool


async def ensure_process(
    connection: Connection, manifest: Manifest, asked: Dates, now: datetime, master: bytes
) -> Target:
    """The manifest's process, in the transaction of its organisation. Keys and dates are made once and never again.

    Raises `OperatorError` when the slug is another organisation's, or when invented and real answers would mix.
    """
    organisation = manifest.organisation
    organisation_id = await ensure_organisation(connection, organisation.slug, organisation.name)
    await enter_organisation(connection, organisation_id)
    try:
        process = await find_process(JoinedDatabase(connection), manifest.slug)
    except Problem:
        return await _make(connection, organisation_id, manifest, asked, now, master)
    _refuse_another(process, organisation_id, manifest)
    return await _renew(connection, process, manifest)


async def _make(
    connection: Connection,
    organisation_id: UUID,
    manifest: Manifest,
    asked: Dates,
    now: datetime,
    master: bytes,
) -> Target:
    process_id, days = uuid4(), calendar(asked, manifest.timezone, now)
    await bulk.add_process(connection, organisation_id, _row(process_id, manifest, days))
    wrapped = {
        purpose: keys.wrap(master, keys.new_key(), keys.context(process_id, purpose)) for purpose in keys.PURPOSES
    }
    await bulk.add_keys(connection, organisation_id, process_id, wrapped)
    phase = bulk.NewPhase("wishes", days.opens_at, days.closes_at, ["opinions"])
    await bulk.add_phase(connection, organisation_id, process_id, phase)
    return Target(organisation_id, process_id, manifest.bounds, new=True, answered=False)


def _row(process_id: UUID, manifest: Manifest, days: Calendar) -> bulk.NewProcess:
    return bulk.NewProcess(
        id=process_id,
        slug=manifest.slug,
        kind=KIND,
        name=msgspec.to_builtins(manifest.name),
        texts=TEXTS,
        timezone=manifest.timezone,
        bounds=manifest.bounds,
        handover_on=days.handover_on,
        max_wishes=MAX_WISHES,
        demonstration=manifest.demonstration,
        sources=manifest.sources,
    )


def _refuse_another(process: Process, organisation_id: UUID, manifest: Manifest) -> None:
    if process.organisation_id != organisation_id:
        raise OperatorError(
            f"town.json, slug: « {manifest.slug} » is a process of another organisation ({process.organisation})."
        )
    if process.demonstration != manifest.demonstration:
        raise OperatorError(
            f"town.json, demonstration: « {manifest.slug} » is {'' if process.demonstration else 'not '}"
            "a demonstration; invented and real answers never mix, so choose another slug."
        )
    if process.timezone != manifest.timezone:
        raise OperatorError(
            f"town.json, timezone: « {manifest.slug} » keeps its own, {process.timezone}: its dates rest on it."
        )


async def _renew(connection: Connection, process: Process, manifest: Manifest) -> Target:
    answered = await any_opinion(connection, process.organisation_id, process.id)
    bounds = process.bounds if answered else manifest.bounds
    await bulk.renew_process(connection, process.organisation_id, process.id, manifest.name, manifest.sources, bounds)
    return Target(process.organisation_id, process.id, bounds, new=False, answered=answered)
