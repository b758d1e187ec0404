"""Make a process of a town folder, or bring one up to date: all of it in one transaction, or nothing."""

from datetime import datetime
from itertools import chain
from pathlib import Path

from devanture.activities import bulk as activities
from devanture.db.pool import Connection, Database
from devanture.imports import rules
from devanture.imports.basemap import staged
from devanture.imports.errors import refuse
from devanture.imports.opinions import load_opinions
from devanture.imports.places import save_places
from devanture.imports.process import Target, ensure_process
from devanture.imports.reading import Town, read_town
from devanture.imports.rows import activity_rows, family_rows, shop_row
from devanture.imports.rules import Dates
from devanture.imports.streets import save_streets, save_walk
from devanture.imports.summary import Summary, Track, batches, untracked
from devanture.imports.transaction import JoinedDatabase, one_import
from devanture.opinions.rulebook import rulebooks
from devanture.organisations.bulk import dress_organisation
from devanture.places.bulk import linked_but_unlisted
from devanture.settings import Settings
from devanture.supply import bulk as supply


async def import_town(
    database: Database,
    settings: Settings,
    folder: Path,
    asked: Dates,
    now: datetime,
    track: Track = untracked,
) -> Summary:
    """Load the town folder `folder` (docs/interchange.md); `asked` are the days of a process that is new.

    Raises `OperatorError` with the file, the feature and the reason; nothing is written then.
    """
    town = read_town(folder)
    manifest = town.manifest
    refuse(chain(rules.manifest_troubles(manifest), rules.catalogue_troubles(town.catalogue)))
    summary = Summary(manifest.slug, left_out=manifest.left_out)
    with staged(town.basemap, settings.data / "basemaps" / f"{manifest.slug}.pmtiles") as publish:
        async with one_import(database, manifest.slug) as connection:
            target = await ensure_process(connection, manifest, asked, now, settings.key)
            colours = manifest.organisation.colours
            await dress_organisation(connection, target.organisation_id, colours, town.logo)
            await _write(connection, target, town, summary, track)
            if town.opinions and manifest.demonstration and not target.answered:
                book = await rulebooks(JoinedDatabase(connection), settings.key, lambda: now).get(manifest.slug)
                summary.opinions, summary.voters = await load_opinions(connection, book, town.opinions, now, track)
            publish()
    _note(summary, town, target, asked)
    return summary


async def _write(connection: Connection, target: Target, town: Town, summary: Summary, track: Track) -> None:
    codes = frozenset(activity.code for activity in town.catalogue.activities)
    refuse(rules.place_troubles(town.places, target.bounds, codes))
    refuse(rules.street_troubles(town.streets, town.manifest.sectors))
    refuse(rules.shop_troubles(town.supply, target.bounds, codes))
    await _write_catalogue(connection, target, town)
    await save_places(connection, target.organisation_id, target.process_id, town.places, summary, track)
    await save_streets(connection, target.organisation_id, target.process_id, town, target.bounds)
    await save_walk(connection, target.organisation_id, target.process_id)
    await _write_supply(connection, target, town, summary, track)
    refs = [place.properties.ref for place in town.places]
    summary.kept = await linked_but_unlisted(connection, target.organisation_id, target.process_id, refs)
    summary.new_process, summary.activities = target.new, len(codes)


async def _write_catalogue(connection: Connection, target: Target, town: Town) -> None:
    key = target.organisation_id, target.process_id
    families, offered = family_rows(town.catalogue), activity_rows(town.catalogue)
    await activities.upsert_families(connection, *key, families)
    await activities.upsert_activities(connection, *key, offered)
    if not target.answered:
        codes = [row.code for row in families] + [row.code for row in offered]
        await activities.remove_unlisted(connection, *key, codes)


async def _write_supply(connection: Connection, target: Target, town: Town, summary: Summary, track: Track) -> None:
    rows = [shop_row(feature) for feature in town.supply]
    for batch in track(batches(rows), len(rows) / 2000, "Existing shops"):
        added = await supply.upsert_shops(connection, target.organisation_id, batch)
        summary.shops_added += added
        summary.shops_updated += len(batch) - added
    sources = sorted({row.source for row in rows if row.source})
    summary.shops_removed = await supply.remove_vanished(
        connection, target.organisation_id, target.bounds, sources, [row.ref for row in rows]
    )


def _note(summary: Summary, town: Town, target: Target, asked: Dates) -> None:
    if not target.new and any(asked):
        summary.notes.append("The dates of a process that exists are changed at the desk, not by an import.")
    if target.answered and target.bounds != town.manifest.bounds:
        summary.notes.append("The perimeter is frozen since the first opinion: it stays as it was.")
    if town.opinions and not town.manifest.demonstration:
        summary.notes.append("opinions.ndjson.gz was not loaded: this is not a demonstration.")
    elif town.opinions and target.answered:
        summary.notes.append("opinions.ndjson.gz was not loaded: the process has opinions already.")
