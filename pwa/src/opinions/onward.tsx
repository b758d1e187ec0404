/** Where to go from « Merci »: the next door, or the end of a round and what was said along it. */
import { _, metres, ngettext } from "@/i18n";
import { orTell } from "@/opinions/keep";
import { wishesInWords } from "@/opinions/sentence";
import { wishAgain, type Thanks } from "@/opinions/thanks";
import { nextDoor, type NextDoor } from "@/places/next";
import { Tile } from "@/places/parts";
import { progress, type Progress } from "@/places/rounds";
import type { Pack } from "@/places/types";
import { ShareRound } from "@/share/round";
import { Icon } from "@/ui/icon";

export function Onward({ thanks }: { thanks: Thanks }) {
  const { process, said, undoing, pack: { value: pack } } = thanks;
  const kept = thanks.kept.value;
  if (!pack) return <Others process={process} />;
  const undone = undoing.value === "done";
  const answered = new Set(said.filter(({ opinion, place }) => !opinion.withdraw && !(undone && place === kept.place)).map(({ place }) => place));
  const done = progress(pack.places, kept.place, answered);
  const next = nextDoor(pack.places, kept.place, answered);
  return (
    <>
      {done?.finished ? <Finished {...{ thanks, pack, done }} /> : done && <Progressed {...done} />}
      {next ? <Next thanks={thanks} next={next} onward={done?.finished ?? false} /> : <Others process={process} />}
    </>
  );
}

function Others({ process }: { process: string }) {
  return <p><a class="button" href={`/${process}/?autour`}>{_("See the other doors")}</a></p>;
}

function Progressed({ done, total }: Progress) {
  // After an undo at the first door nothing of the round is done: « 0 sur 2 » would tell nobody anything.
  if (total < 2 || done === 0) return null;
  return (
    <p class="progress">
      <progress max={total} value={done} aria-hidden="true" />
      {_("%(done)s of %(total)s in your street", { done, total })}
    </p>
  );
}

function Next({ thanks, next, onward }: { thanks: Thanks; next: NextDoor; onward: boolean }) {
  const { process, undoing } = thanks;
  const { place, metres: far } = next;
  const same = undoing.value !== "done" && (place.number ? _("Same wish at %(number)s", { number: place.number }) : _("Same wish there"));
  return (
    <section class="next" aria-labelledby="next">
      <div class="next__door">
        <Tile place={place} />
        <div>
          <h2 id="next">{nextInWords(next, onward)}</h2>
          <p class="soft">{[_("at %(far)s", { far: metres(far) }), next.where === "elsewhere" ? place.title : place.hint].filter(Boolean).join(" · ")}</p>
        </div>
      </div>
      <a class="button" href={`/${process}/lieux/${place.ref}`}><Icon name="lucide-arrow-up-right" />{_("Take me there")}</a>
      {same && <button class="linkish" type="button" onClick={() => void orTell(wishAgain(thanks, place))}>{same}</button>}
    </section>
  );
}

/** « Local suivant : n° 26, même côté ». */
function nextInWords({ place: { number }, where }: NextDoor, onward: boolean): string {
  if (onward) return _("The nearest next round");
  if (where === "elsewhere" || !number) return _("Next stop");
  return where === "same-side" ? _("Next stop: number %(number)s, same side", { number }) : _("Next stop: number %(number)s, across the street", { number });
}

function Finished({ thanks, pack, done }: { thanks: Thanks; pack: Pack; done: Progress }) {
  const { process, said, names } = thanks;
  const doors = new Map(pack.places.filter(({ round }) => round === done.round).map((place) => [place.ref, place]));
  const here = said.filter(({ place, opinion }) => doors.has(place) && !opinion.withdraw);
  return (
    <section class="finished" aria-labelledby="finished">
      <h2 id="finished"><Icon name="lucide-check" />{_("Round finished: %(street)s", { street: done.round })}</h2>
      <p class="soft">{ngettext("%(num)s door, and what you asked for:", "%(num)s doors, and what you asked for:", done.total)}</p>
      <ul role="list">
        {here.map(({ place, opinion }) => <li key={place}><Tile place={doors.get(place)} done /><span>{wishesInWords(opinion.wishes ?? [], opinion.other, names)}</span></li>)}
      </ul>
      <ShareRound process={process} street={done.round} />
    </section>
  );
}
