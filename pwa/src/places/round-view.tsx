/** « Ma tournée », as processes/templates/round.html draws it. */
import { _, ngettext } from "@/i18n";
import { Card, Tile } from "@/places/parts";
import { nextOf, nextRound, roundsOf, strip, STRIP_PX, type Round } from "@/places/tour";
import { ShareRound } from "@/share/round";
import type { Pack, PackPlace } from "@/places/types";
import { Icon } from "@/ui/icon";

interface Props {
  pack: Pack;
  /** Who answered where: reference and words, the last answer last. */
  wishes: Map<string, string>;
}

/** The round of this name, of the last answer where there is none, or the choice of one. */
export function roundNamed(pack: Pack, wishes: Map<string, string>, name: string | null): string {
  const said = [...wishes.keys()].reverse().map((ref) => pack.places.find((place) => place.ref === ref && place.kind === "premises"));
  const last = said.find((place) => place !== undefined);
  return name ?? (last ? (last.round ?? last.street ?? last.near_street ?? "") : "");
}

export function RoundView({ pack, wishes, name }: Props & { name: string }) {
  const answered = new Set(wishes.keys());
  const rounds = roundsOf(pack.places, answered);
  const round = name ? rounds.find((one) => one.name === name) : undefined;
  if (!round) return <Choice process={pack.process.slug} rounds={rounds} />;
  const last = [...wishes.keys()].reverse().find((ref) => round.places.some((place) => place.ref === ref));
  const next = nextOf(round, answered, last);
  return (
    <>
      {next ? <Far round={round} /> : <Finished process={pack.process.slug} round={round} />}
      <Strip {...{ round, answered, next }} />
      {next ? <NextDoor process={pack.process.slug} place={next} /> : <NextRound process={pack.process.slug} round={nextRound(rounds, round)} />}
      <ol class="cards line" role="list">
        {round.places.map((place) => <Card key={place.ref} process={pack.process.slug} place={place} done={answered.has(place.ref)} wish={wishes.get(place.ref)} />)}
      </ol>
      <p class="aside"><a href={`/${pack.process.slug}/tournee?rue=`}>{_("Choose another round")}</a></p>
    </>
  );
}

function Far({ round: { done, total, minutes } }: { round: Round }) {
  return <p class="round__far"><strong>{_("%(done)s of %(all)s answered", { done, all: total })}</strong> · {ngettext("about %(num)s minute left", "about %(num)s minutes left", minutes)}</p>;
}

function Finished({ process, round: { done, name } }: { process: string; round: Round }) {
  return (
    <>
      <div class="saved" role="status">
        <span class="saved__tick"><Icon name="lucide-flag" /></span>
        <div>
          <p class="saved__what">{_("Round finished.")}</p>
          <p>{done > 0 ? ngettext("You answered at %(num)s door here. Thank you.", "You answered at %(num)s doors here. Thank you.", done) : _("No door waits for an answer here.")}</p>
        </div>
      </div>
      {done > 0 && <ShareRound process={process} street={name} />}
    </>
  );
}

function Strip({ round, answered, next }: { round: Round; answered: Set<string>; next: PackPlace | undefined }) {
  return (
    <svg class="strip" viewBox={`0 0 ${STRIP_PX} 136`} aria-hidden="true">
      <path class="strip__road" d="M0 46h354v44H0z" /><path class="strip__kerb" d="M0 46h354M0 90h354" />
      <g transform={round.places[0]?.side === "right" ? "matrix(1 0 0 -1 0 136)" : undefined}><path class="strip__way" d="M14 57H336v22H22" /><path class="strip__head" d="M28 73l-7 6 7 6" /></g>
      <text class="strip__name" x="177" y="72" text-anchor="middle">{round.name}</text>
      {strip(round, answered, next).map(({ place, x, top, kind }) => (
        <g key={place.ref} class={`strip__door strip__door--${kind}`} transform={`translate(${x} ${top ? 24 : 112})`}>
          <rect x="-17" y="-17" width="34" height="34" rx="10" /><text y="5.5" text-anchor="middle">{place.short || "·"}</text>
          {kind === "done" && <path class="strip__tick" d="M9-15a8 8 0 1 1 16 0a8 8 0 1 1-16 0zm4 0l3 3l5-6" />}
        </g>
      ))}
    </svg>
  );
}

function NextDoor({ process, place }: { process: string; place: PackPlace }) {
  return (
    <section class="next" aria-labelledby="next">
      <div class="next__door">
        <Tile place={place} />
        <div><h2 id="next">{_("Next stop")}</h2><p class="soft">{place.title}{place.hint && ` · ${place.hint}`}</p></div>
      </div>
      <a class="button" href={`/${process}/lieux/${place.ref}`}><Icon name="lucide-arrow-up-right" />{_("Take me there")}</a>
    </section>
  );
}

function NextRound({ process, round }: { process: string; round: Round | undefined }) {
  if (!round) return null;
  return (
    <section class="next" aria-labelledby="next">
      <div class="next__door">
        <span class="tile">{round.left}</span>
        <div><h2 id="next">{_("Next round")}</h2><p class="soft">{round.name} · {summary(round)}</p></div>
      </div>
      <a class="button" href={urlOf(process, round)}><Icon name="lucide-arrow-up-right" />{_("Take me there")}</a>
    </section>
  );
}

function Choice({ process, rounds }: { process: string; rounds: Round[] }) {
  return (
    <>
      <p class="lead">{_("A round is one street: up one side, back down the other. Where do you begin?")}</p>
      <ul class="cards" role="list">
        {rounds.filter(({ name }) => name).map((round) => (
          <li key={round.name} class={round.left > 0 ? "card" : "card card--done"} data-round={round.name} data-lon={round.lon} data-lat={round.lat}>
            <a class="card__link" href={urlOf(process, round)}>
              <span class={round.left > 0 ? "tile" : "tile tile--done"}>{round.left || <Icon name="lucide-check" />}</span>
              <span class="card__text"><span class="card__title">{round.name}</span><span class="card__hint">{round.left > 0 ? summary(round) : _("Round finished.")}</span></span>
              <span class="card__end"><span class="card__far" data-far /></span>
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}

function summary({ left, minutes }: Round): string {
  return `${ngettext("%(num)s door to answer", "%(num)s doors to answer", left)} · ${ngettext("about %(num)s minute", "about %(num)s minutes", minutes)}`;
}

export const urlOf = (process: string, { name }: { name: string }) => `/${process}/tournee?rue=${encodeURIComponent(name)}`;
