/** Where something is missing: a point under a crosshair, or a street and a number; then a wish there, or a word to the town. */
import { useSignal, type Signal } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { _, lang, metres } from "@/i18n";
import * as outbox from "@/offline/outbox";
import { keptPack } from "@/offline/pack";
import { sendSoon } from "@/offline/schedule";
import { keepWord } from "@/opinions/keep";
import { fold } from "@/opinions/search";
import { online } from "@/offline/status";
import { streetsOf } from "@/offline/streets";
import { addressInWords, isInside, JOIN_M, listedAt, spotAt, spotOf, streetsToChoose, type Spot } from "@/places/address";
import { distanceBetween, nearestFirst, type Point } from "@/places/distance";
import { MarkMap } from "@/places/mark-map";
import { placeOf } from "@/places/marks";
import { ADDRESSES, type Missing } from "@/places/missing";
import { Card, Top } from "@/places/parts";
import { PlaceView } from "@/places/place-view";
import { position } from "@/places/position";
import { findStreet, type Street } from "@/places/search";
import type { Pack, PackPlace } from "@/places/types";
import { Icon } from "@/ui/icon";
import { wake } from "@/ui/islands";
import { replaceScreen, showScreen } from "@/ui/screen";

const WORDS = {
  spot: { title: () => _("What’s missing here?"), lead: () => _("Something is missing where no shop stands empty? Show where, then say what."), go: () => _("Say what is missing here") },
  vacancy: { title: () => _("Report an empty shop"), lead: () => _("Show which one: the team looks at it on foot, then adds it to the list."), go: () => _("Tell the team") },
};

export async function openMark(process: string, kind: Missing): Promise<void> {
  const pack = await keptPack(process, lang());
  if (!pack) return;
  const { title } = WORDS[kind];
  showScreen(<MarkView pack={pack} kind={kind} />, title(), "page-mark", ADDRESSES[kind]);
}

interface Props {
  pack: Pack;
  kind: Missing;
}

function MarkView({ pack, kind }: Props) {
  const { slug } = pack.process;
  const byMap = useSignal(true);
  const spot = useSignal<Spot | undefined>(undefined);
  const note = useSignal("");
  const streets = useSignal<Street[]>([]);
  useEffect(() => void streetsOf(slug).then((all) => (streets.value = all)), []);
  // The crosshair's own point is never kept: it may be where the person stands.
  const under = useRef<Point | undefined>(undefined);
  const known = (point: Point) => spotAt(point, streets.value, pack.places);
  const point = (lon: number, lat: number) => (spot.value = known((under.current = { lon, lat })));
  const start = () => spot.value ?? (position.value && known(position.value));
  // Streets that come late give the point its words and its address.
  useEffect(() => void (byMap.value && spot.value && under.current && (spot.value = known(under.current))), [streets.value]);
  // The same list as long as the streets are: the address field looks again whenever it is another one.
  const choices = useMemo(() => streetsToChoose(streets.value, pack.places), [streets.value]);
  const failed = useSignal(false);
  const listed = spot.value ? listedAt(spot.value, pack.places) : [];
  const outside = spot.value !== undefined && !isInside(pack.process.bounds, spot.value);
  const go = async () => {
    if (!spot.value) return;
    failed.value = false;
    await (kind === "spot" ? mark(pack, spot.value) : report(pack, spot.value, note.value, listed.length > 0)).catch(() => (failed.value = true));
  };
  return (
    <>
      <Top title={WORDS[kind].title()} line={pack.process.name} />
      <div class="column pointing">
        <p class="lead">{WORDS[kind].lead()}</p>
        <fieldset class="pointing__ways">
          <legend class="sr">{_("How to show it")}</legend>
          <Way chosen={byMap} value={true} icon="lucide-map" label={_("On the map")} />
          <Way chosen={byMap} value={false} icon="lucide-list" label={_("Street and number")} />
        </fieldset>
        {byMap.value ? <MarkMap pack={pack} start={start} onMove={point} onFail={() => (byMap.value = false)} /> : <Address streets={choices} spot={spot} />}
        <p class="pointing__where" role="status">{spot.value && inWords(spot.value)}{outside && <strong> {_("This point lies outside the consultation: choose one nearer the doors of the list.")}</strong>}</p>
        {listed.length > 0 && <Listed {...{ pack, kind, listed }} />}
        {spot.value && !outside && kind === "spot" && <Joinable pack={pack} spot={spot.value} besides={listed} />}
        {kind === "vacancy" && <label class="pointing__note">{_("What tells it apart (optional)")}<textarea class="field" rows={2} maxLength={300} value={note.value} onInput={(event) => (note.value = event.currentTarget.value)} placeholder={_("for instance: beside the bakery, green shutter")} /></label>}
        {failed.value && <p class="note note--red" role="alert">{_("This phone is full: nothing was kept.")}</p>}
        <div class="send"><button class={listed.length > 0 ? "button button--quiet" : "button"} type="button" disabled={!spot.value || outside} onClick={() => void go()}>{kind === "vacancy" && listed.length > 0 ? _("It’s another shop at this address") : WORDS[kind].go()}</button></div>
        <p class="aside"><button class="linkish" type="button" onClick={() => history.back()}>{_("Cancel")}</button></p>
      </div>
    </>
  );
}

function Way({ chosen, value, icon, label }: { chosen: Signal<boolean>; value: boolean; icon: string; label: string }) {
  return <label class="pointing__way"><input type="radio" name="way" checked={chosen.value === value} onChange={() => (chosen.value = value)} /><Icon name={icon} /><span>{label}</span></label>;
}

/** More streets than these fitting alike are no choice: the name needs more letters. */
const MOST_STREETS = 3;

/** The field offers the town's streets and takes only the one that is meant, slips forgiven; where several may be, it asks. */
function Address({ streets, spot }: { streets: Street[]; spot: Signal<Spot | undefined> }) {
  const street = useSignal(spot.value?.street ?? "");
  const number = useSignal(spot.value?.number ?? "");
  const asked = useRef(false);
  const lacking = useSignal("");
  const others = useSignal<Street[]>([]);
  const numberField = useRef<HTMLInputElement>(null);
  const look = () => {
    asked.current = true;
    const meant = findStreet(street.value, streets);
    spot.value = meant.street && spotOf(meant.street, number.value.trim());
    others.value = meant.others.length > MOST_STREETS ? [] : meant.others;
    lacking.value = lackInWords(street.value.trim(), number.value.trim(), spot.value, meant.others.length);
  };
  // The buttons go with the choice, and the number is what comes next.
  const choose = (name: string) => ((street.value = name), look(), numberField.current?.focus());
  // Streets that come late are asked only for what was not found without them: an answer in hand does not move.
  useEffect(() => void (asked.current && spot.value?.number !== number.value.trim() && look()), [streets]);
  return (
    <div class="pointing__address">
      <label>{_("Street")}<input class="field" list="streets" autocomplete="off" value={street.value} onInput={(event) => ((street.value = event.currentTarget.value), look())} /></label>
      <label>{_("Number")}<input ref={numberField} class="field" autocomplete="off" inputMode="numeric" maxLength={8} value={number.value} onInput={(event) => ((number.value = event.currentTarget.value), look())} /></label>
      <div class="soft pointing__lack" role="status">
        {lacking.value && <p>{lacking.value}</p>}
        {others.value.map(({ name }) => <button key={name} class="button button--quiet" type="button" onClick={() => choose(name)}>{name}</button>)}
      </div>
      <datalist id="streets">{streets.map(({ name }) => <option key={name} value={name} />)}</datalist>
    </div>
  );
}

/** `fitting` is how many streets may be meant where none is for sure. */
function lackInWords(street: string, number: string, spot: Spot | undefined, fitting: number): string {
  if (!street) return number && _("Write the street’s name.");
  if (fitting > 0) return fitting > MOST_STREETS ? _("Several streets fit: write more of the name.") : _("Which street?");
  if (!spot) return _("No street of that name here. Look at its spelling, or show the place on the map.");
  if (!number || fold(spot.number) === fold(number)) return "";
  const words = { number, street: spot.street };
  return spot.number ? _("No number %(number)s is known in %(street)s. The nearest known is taken.", words) : _("No number %(number)s is known in %(street)s. The middle of the street is taken.", words);
}

function inWords(spot: Spot): string {
  return spot.street ? _("Here: %(address)s", { address: addressInWords(spot, lang()) }) : _("A point away from the streets");
}

/** A door of the list takes the wish itself; that it is missing would be a false alarm, but a number may have two shops. */
function Listed({ pack, kind, listed }: Props & { listed: PackPlace[] }) {
  const wish = listed.some(({ state }) => state === "vacant") ? _("A shop stands empty here: give your wish at its door") : _("Work is under way in a shop here: give your wish at its door");
  return (
    <section class="join" aria-labelledby="listed" role="status">
      <h2 id="listed" class="small">{kind === "spot" ? wish : _("The list has a shop at this address already")}</h2>
      <ul class="cards" role="list">{listed.map((place) => <Card key={place.ref} process={pack.process.slug} place={place} done={false} />)}</ul>
    </section>
  );
}

/** Who asks for the same place is better heard together: what is near already comes first. */
function Joinable({ pack, spot, besides }: { pack: Pack; spot: Spot; besides: PackPlace[] }) {
  const near = nearestFirst(spot, pack.places.filter((place) => !besides.includes(place) && distanceBetween(spot, place) <= JOIN_M));
  if (near.length === 0) return null;
  return (
    <section class="join" aria-labelledby="join">
      <h2 id="join" class="small">{_("Already here: join one of these?")}</h2>
      <ul class="cards" role="list">{near.slice(0, 3).map(({ place, distance }) => <Card key={place.ref} process={pack.process.slug} place={place} done={false} far={metres(distance)} />)}</ul>
    </section>
  );
}

/** The mark is safe on this phone before the form opens; the wish names it, whether it has left or not. */
async function mark(pack: Pack, spot: Spot): Promise<void> {
  const process = pack.process.slug;
  const title = spot.street ? addressInWords(spot, lang()) : _("A point away from the streets");
  const item = await outbox.keep({ kind: "spot", process, lang: lang(), title, body: { v: 1, lon: spot.lon, lat: spot.lat } });
  sendSoon();
  const place: PackPlace = placeOf({ id: item.id, title, ...spot });
  history.replaceState(history.state, "", `/${process}/lieux/${item.id}`);
  replaceScreen(<PlaceView pack={pack} place={place} answered={new Set()} />, title, "page-place");
  wake(document.querySelector("main")!);
}

/** `another` than the doors that the list has at that address. */
async function report(pack: Pack, spot: Spot, note: string, another: boolean): Promise<void> {
  const { slug: process } = pack.process;
  const { lon, lat, street, number } = spot;
  const words = { ...(street && { street }), ...(number && { number }), ...(note.trim() && { note: note.trim() }), ...(another && { another }) };
  await keepWord({ kind: "report", process, lang: lang(), title: street ? addressInWords(spot, lang()) : "", body: { v: 1, finding: "missing", lon, lat, ...words } });
  replaceScreen(<Told pack={pack} spot={spot} />, _("Thank you!"), "page-thanks");
}

function Told({ pack, spot }: { pack: Pack; spot: Spot }) {
  return (
    <>
      <Top title={_("Thank you!")} line={inWords(spot)} />
      <div class="column">
        <div class="saved" role="status">
          <span class="saved__tick"><Icon name="lucide-check" /></span>
          <div>
            <p class="saved__what">{_("Noted: somebody will go and look.")}</p>
            <p>{_("If it stands empty, it joins the list and everyone may answer.")}</p>
            {!online.value && <p class="soft">{_("Kept on this phone; it will be sent when the network is back.")}</p>}
          </div>
        </div>
        <a class="button" href={`/${pack.process.slug}/?autour`}>{_("See the other doors")}</a>
      </div>
    </>
  );
}
