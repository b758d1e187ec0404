/** The list of places, woken: this phone's own answers on it, and nearest first once the person asks. */
import { effect } from "@preact/signals";
import { _, lang, metres } from "@/i18n";
import { keptPack } from "@/offline/pack";
import { mine } from "@/offline/outbox";
import { onNews } from "@/offline/news";
import { wishesInWords } from "@/opinions/sentence";
import type { Mine } from "@/opinions/types";
import { distanceBetween, nearestFirst, type Point } from "@/places/distance";
import { position } from "@/places/position";
import { drawIcon } from "@/ui/dom";
import { processOf } from "@/ui/islands";

/** A list that moves under the thumb is worse than one that is a few steps old. */
const STEP_M = 12;

export function wakeWalkList(list: HTMLElement): void {
  const process = processOf(list);
  const mark = () => void markAnswered(list, process).catch(() => undefined);
  mark();
  onNews(mark);
  followPosition(list);
}

function followPosition(list: HTMLElement): void {
  const streets = [...list.querySelectorAll<HTMLElement>(":scope > .street")];
  let last: Point | undefined;
  effect(() => {
    const here = position.value;
    if (!here) {
      if (last) restore(list, streets);
      last = undefined;
    } else if (!last || distanceBetween(last, here) > STEP_M) {
      sortFrom(list, (last = here));
    }
  });
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

/** A page kept from before, or drawn before the outbox was sent, does not know what this phone has said since. */
async function markAnswered(list: HTMLElement, process: string): Promise<void> {
  const said = await mine(process);
  if (said.length === 0) return;
  const pack = await keptPack(process, lang());
  const labels = new Map(pack?.activities.map(({ code, one }) => [code, one]));
  for (const kept of said) {
    const card = list.querySelector<HTMLElement>(`.card[data-ref="${CSS.escape(kept.place)}"]`);
    if (card && !kept.opinion.withdraw) markOne(card, kept, labels);
  }
  for (const street of list.querySelectorAll<HTMLElement>(".street[data-round]")) count(street);
}

function markOne(card: HTMLElement, { opinion }: Mine, labels: Map<string, string>): void {
  const wish = wishesInWords(opinion.wishes ?? [], opinion.other, labels);
  const state = Object.assign(document.createElement("span"), { className: "state state--done" });
  state.append(drawIcon("lucide-check"), _("Your wish: %(wish)s", { wish }));
  card.classList.add("card--done");
  card.querySelector(".tile")?.classList.add("tile--done");
  card.querySelector(".card__more")!.replaceChildren(state);
}

/** « 4 sur 11 répondus », counted from the cards themselves while they stand in their street. */
function count(street: HTMLElement): void {
  const cards = cardsOf(street);
  const done = cards.filter((card) => card.classList.contains("card--done")).length;
  const line = street.querySelector(".street__head p");
  if (line && done > 0) line.textContent = _("%(done)s of %(all)s answered", { done, all: cards.length });
}
