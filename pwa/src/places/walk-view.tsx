/** The list of places, as processes/templates/walk.html draws it. */
import { _, ngettext, shortDay } from "@/i18n";
import { Card, Top } from "@/places/parts";
import { urlOf } from "@/places/round-view";
import { roundsOf, type Round } from "@/places/tour";
import type { Pack, PackPlace } from "@/places/types";
import { Icon } from "@/ui/icon";

interface Props {
  pack: Pack;
  answered: Set<string>;
}

export function WalkView({ pack, answered }: Props) {
  const { process, places } = pack;
  const until = process.closes ? ` · ${_("until %(day)s", { day: shortDay(process.closes) })}` : "";
  const of = (kind: string) => places.filter((place) => place.kind === kind);
  return (
    <>
      <Top title={_("Around me")} line={process.name + until} />
      <div class="walk">
        <section class="overview overview--blank" data-island="live-map" data-process={process.slug} data-basemap={process.basemap ?? ""} data-bounds={process.bounds.join(",")}>
          <button class="float" type="button" data-open-map><Icon name="lucide-map" />{_("Open the map")}</button>
        </section>
        <div class="walk__list">
          <Finder process={process.slug} />
          <div data-island="walk-list" data-process={process.slug}>
            {roundsOf(places, answered).map((round) => <Street key={round.name} {...{ round, pack, answered }} />)}
            <Group title={_("Squares and plots to imagine")} all={of("site")} {...{ pack, answered }} />
            <Group title={_("Asked for by residents where no shop is empty")} all={of("spot")} {...{ pack, answered }} />
          </div>
          <Missing process={process.slug} />
          <div class="walk__keep">
            {process.basemap && <div data-island="keep-map" data-process={process.slug} data-basemap={process.basemap} />}
            <div data-island="install" data-process={process.slug} />
          </div>
          <p class="lead">{_("Choose a door near you, and say what you would like to find there.")}</p>
        </div>
      </div>
    </>
  );
}

function Finder({ process }: { process: string }) {
  return (
    <div class="finder" data-island="finder" data-process={process}>
      <label class="search"><Icon name="lucide-search" /><input class="field" type="search" autocomplete="off" aria-label={_("Search for a door")} placeholder={_("Street, number, shop…")} /></label>
      <button class="button" type="button" data-locate aria-pressed="false"><Icon name="lucide-locate" /><span>{_("Nearest to me")}</span></button>
      <p class="soft" role="status" data-said />
    </div>
  );
}

function Missing({ process }: { process: string }) {
  return (
    <section class="missing" data-island="missing" data-process={process} aria-labelledby="missing">
      <h2 id="missing">{_("Not in the list?")}</h2>
      <button class="button button--quiet" type="button" data-missing="spot"><Icon name="lucide-map-pin-plus" />{_("What’s missing here?")}</button>
      <button class="button button--quiet" type="button" data-missing="vacancy"><Icon name="lucide-square-dashed" />{_("Report an empty shop")}</button>
    </section>
  );
}

function Street({ round, pack, answered }: Props & { round: Round }) {
  const { name, places, done, total } = round;
  const count = done > 0 ? _("%(done)s of %(all)s answered", { done, all: total }) : ngettext("%(num)s place", "%(num)s places", places.length);
  return (
    <section class="street" data-round={name}>
      <div class="street__head"><h2>{name ? <a href={urlOf(pack.process.slug, round)}>{name}</a> : _("Elsewhere")}</h2><p>{count}</p></div>
      <Cards all={places} {...{ pack, answered }} />
    </section>
  );
}

function Group({ title, all, ...props }: Props & { title: string; all: PackPlace[] }) {
  if (all.length === 0) return null;
  return <section class="street"><div class="street__head"><h2>{title}</h2></div><Cards all={all} {...props} /></section>;
}

function Cards({ all, pack, answered }: Props & { all: PackPlace[] }) {
  return (
    <ul class="cards" role="list">
      {all.map((place) => <Card key={place.ref} process={pack.process.slug} place={place} done={answered.has(place.ref)} />)}
    </ul>
  );
}
