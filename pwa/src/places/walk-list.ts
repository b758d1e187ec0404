/** The list of places, woken: this phone's own answers on it, and nearest first once the person asks. */
import { effect } from "@preact/signals";
import { h, render } from "preact";
import { _, lang, metres, ngettext } from "@/i18n";
import { keptPack } from "@/offline/pack";
import { followCard } from "@/map/pins";
import { mine } from "@/offline/outbox";
import { onNews } from "@/offline/news";
import { ME, speaking } from "@/offline/persons";
import { wishesInWords } from "@/opinions/sentence";
import type { Opinion } from "@/opinions/types";
import { nearestFirst, type Point } from "@/places/distance";
import { StateLine } from "@/places/parts";
import { standpoint } from "@/places/position";
import type { PackPlace } from "@/places/types";
import { processOf } from "@/ui/islands";

export function wakeWalkList(list: HTMLElement): void {
  const process = processOf(list);
  const mark = () => void markAnswered(list, process).catch(() => undefined);
  mark();
  onNews(mark);
  followPosition(list);
}

function followPosition(list: HTMLElement): void {
  const streets = [...list.querySelectorAll<HTMLElement>(":scope > .street")];
  effect(() => (standpoint.value ? sortFrom(list, standpoint.value) : restore(list, streets)));
}

const cardsOf = (list: ParentNode) => [...list.querySelectorAll<HTMLElement>(".card[data-ref]")];

/** One list of all cards; each remembers the list that it came from. */
export function sortFrom(list: HTMLElement, from: Point): void {
  const points = cardsOf(list).map((card) => ({ card, lon: Number(card.dataset["lon"]), lat: Number(card.dataset["lat"]) }));
  const all = list.querySelector<HTMLElement>("[data-nearest] .cards") ?? nearestList(list);
  for (const { place, distance } of nearestFirst(from, points)) {
    homes.has(place.card) || homes.set(place.card, { list: place.card.parentElement!, next: place.card.nextElementSibling });
    place.card.querySelector("[data-far]")!.textContent = metres(distance);
    all.append(place.card);
  }
  for (const street of list.querySelectorAll<HTMLElement>(".street:not([data-nearest])")) street.hidden = true;
}

const homes = new Map<HTMLElement, { list: HTMLElement; next: Element | null }>();

function nearestList(list: HTMLElement): HTMLElement {
  const section = Object.assign(document.createElement("section"), { className: "street" });
  const head = Object.assign(document.createElement("div"), { className: "street__head" });
  head.append(Object.assign(document.createElement("h2"), { textContent: _("Nearest to you") }));
  const all = Object.assign(document.createElement("ul"), { className: "cards" });
  all.setAttribute("role", "list");
  section.dataset["nearest"] = "";
  section.append(head, all);
  list.prepend(section);
  return all;
}

/** Backwards, so that each card finds the one it stood before. */
function restore(list: HTMLElement, streets: HTMLElement[]): void {
  for (const [card, { list: home, next }] of [...homes].reverse()) {
    home.insertBefore(card, next?.parentElement === home ? next : null);
    card.querySelector("[data-far]")!.textContent = "";
  }
  homes.clear();
  list.querySelector("[data-nearest]")?.remove();
  for (const street of streets) street.hidden = false;
}

/**
 * A page kept from before, or drawn before the outbox was sent, does not know what this phone has said or taken back
 * since; and the server draws for the phone's own person, whoever answers now.
 */
async function markAnswered(list: HTMLElement, process: string): Promise<void> {
  const said = new Map((await mine(process)).map((kept) => [kept.place, kept.opinion]));
  const pack = await keptPack(process, lang());
  if (!pack || (said.size === 0 && speaking.value === ME)) return;
  const places = new Map(pack.places.map((place) => [place.ref, place]));
  const labels = new Map(pack.activities.map(({ code, one }) => [code, one]));
  for (const card of cardsOf(list)) {
    const ref = card.dataset["ref"] ?? "";
    const [place, opinion] = [places.get(ref), said.get(ref)];
    if (place && (opinion || speaking.value !== ME)) markOne(card, place, opinion, labels);
  }
  for (const street of list.querySelectorAll<HTMLElement>(".street[data-round]")) count(street);
}

function markOne(card: HTMLElement, place: PackPlace, opinion: Opinion | undefined, labels: Map<string, string>): void {
  const done = opinion !== undefined && !opinion.withdraw;
  const wish = done ? wishesInWords(opinion.wishes ?? [], opinion.other, labels) : undefined;
  card.classList.toggle("card--done", done);
  card.querySelector(".tile")?.classList.toggle("tile--done", done);
  render(h(StateLine, { place, done, wish }), card.querySelector(".card__more")!);
  followCard(card);
}

/** « 4 sur 11 répondus », counted from the cards themselves while they stand in their street. */
function count(street: HTMLElement): void {
  const cards = cardsOf(street);
  const done = cards.filter((card) => card.classList.contains("card--done")).length;
  const line = street.querySelector(".street__head p");
  const all = cards.filter((card) => !card.querySelector(".state--occupied")).length;
  if (line && cards.length > 0) line.textContent = done > 0 ? _("%(done)s of %(all)s answered", { done, all }) : ngettext("%(num)s place", "%(num)s places", cards.length);
}
