/** The list of places, as processes/templates/walk.html draws it. */
import { _, ngettext, shortDay } from "@/i18n";
import { Card, Top } from "@/places/parts";
import type { Pack, PackPlace } from "@/places/types";
import { byStreet, streetOf } from "@/places/words";

interface Props {
  pack: Pack;
  answered: Set<string>;
}

export function WalkView({ pack, answered }: Props) {
  const { process, places } = pack;
  const until = process.closes ? ` · ${_("until %(day)s", { day: shortDay(process.closes) })}` : "";
  const sites = places.filter(({ kind }) => kind === "site");
  return (
    <>
      <Top title={_("Around me")} line={process.name + until} />
      <div class="walk">
        <section class="overview" hidden data-island="live-map" data-process={process.slug} data-basemap={process.basemap ?? ""} data-bounds={process.bounds.join(",")} />
        <div class="walk__list">
          <p class="lead">{_("Choose a door near you, and say what you would like to find there.")}</p>
          <div data-island="walk-list" data-process={process.slug}>
            {streetsOf(places).map(([name, all]) => <Street key={name} {...{ name, all, pack, answered }} />)}
            {sites.length > 0 && <Street name={_("Squares and plots to imagine")} all={sites} pack={pack} answered={answered} />}
          </div>
        </div>
      </div>
    </>
  );
}

export function streetsOf(places: PackPlace[]): [string, PackPlace[]][] {
  const streets = new Map<string, PackPlace[]>();
  for (const place of [...places].sort(byStreet)) {
    if (place.kind === "site") continue;
    const name = streetOf(place) || _("Elsewhere");
    streets.set(name, [...(streets.get(name) ?? []), place]);
  }
  return [...streets];
}

function Street({ name, all, pack, answered }: Props & { name: string; all: PackPlace[] }) {
  const done = all.filter(({ ref }) => answered.has(ref)).length;
  const count = done > 0 ? _("%(done)s of %(all)s answered", { done, all: all.length }) : ngettext("%(num)s place", "%(num)s places", all.length);
  return (
    <section class="street">
      <div class="street__head"><h2>{name}</h2>{all[0]?.kind !== "site" && <p>{count}</p>}</div>
      <ul class="cards" role="list">
        {all.map((place) => <Card key={place.ref} process={pack.process.slug} place={place} done={answered.has(place.ref)} />)}
      </ul>
    </section>
  );
}
