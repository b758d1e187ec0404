/** What the search finds, in place of the list while something is typed; loaded at the first touch of the field. */
import { render } from "preact";
import { _, lang, metres, ngettext } from "@/i18n";
import { mine } from "@/offline/outbox";
import { keptPack } from "@/offline/pack";
import { streetsOf } from "@/offline/streets";
import { addressInWords } from "@/places/address";
import { Card } from "@/places/parts";
import { findPlaces, type Address, type Found, type Street } from "@/places/search";
import type { Near } from "@/places/standing";
import type { Pack, PackPlace } from "@/places/types";

const SEARCHING = "walk__list--searching";

/** The pack finds doors by itself; the streets, once they are there, find every other address too. */
export async function openSearch(input: HTMLInputElement, slot: HTMLElement, process: string): Promise<void> {
  let streets: Street[] = [];
  const [pack, said] = await Promise.all([keptPack(process, lang()), mine(process).catch(() => [])]);
  const answered = new Set(said.filter(({ opinion }) => !opinion.withdraw).map(({ place }) => place));
  const search = () => {
    const query = input.value.trim();
    slot.closest(".walk__list")?.classList.toggle(SEARCHING, query !== "");
    render(query && pack ? <Results pack={pack} answered={answered} found={findPlaces(query, pack.places, streets)} /> : null, slot);
  };
  input.addEventListener("input", search);
  search();
  streets = await streetsOf(process);
  search();
}

function Results({ pack, answered, found }: { pack: Pack; answered: Set<string>; found: Found }) {
  const { places, address } = found;
  const cards = (all: PackPlace[]) => all.map((place) => <Card key={place.ref} process={pack.process.slug} place={place} done={answered.has(place.ref)} />);
  return (
    <div class="found">
      <p class="found__said" role="status">{inWords(found)}</p>
      {address && <ul class="cards" role="list">{address.doors.map((near) => <NearCard key={near.place.ref} {...near} process={pack.process.slug} done={answered.has(near.place.ref)} />)}</ul>}
      {places.length > 0 && <ul class="cards" role="list">{cards(places)}</ul>}
    </div>
  );
}

function NearCard({ place, distance, process, done }: Near<PackPlace> & { process: string; done: boolean }) {
  return <Card process={process} place={place} done={done} far={metres(distance)} />;
}

function inWords({ places, address }: Found): string {
  if (address) return aboutAddress(address);
  if (places.length === 0) return _("Nothing found: try a street, a number or a neighbouring shop.");
  return ngettext("%(num)s door found", "%(num)s doors found", places.length);
}

function aboutAddress({ street, number, doors }: Address): string {
  const address = addressInWords({ street, number }, lang());
  if (doors.length === 0) return _("%(address)s: no empty shop near there.", { address });
  return _("%(address)s: no empty shop there. The nearest:", { address });
}
