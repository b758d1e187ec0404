/** The list of places, woken: this phone's own answers on it, and nearest first once the person asks. */
import { signal } from "@preact/signals";
import { _, lang, metres } from "@/i18n";
import { keptPack } from "@/offline/pack";
import { mine } from "@/offline/outbox";
import { onNews } from "@/offline/news";
import { wishesInWords } from "@/opinions/sentence";
import type { Mine } from "@/opinions/types";
import { nearestFirst, type Point } from "@/places/distance";
import { drawIcon } from "@/ui/dom";
import { processOf } from "@/ui/islands";

/** Where the person stands, while this page is open; it leaves neither the page nor the phone. */
export const position = signal<Point | undefined>(undefined);

const WATCHING = { enableHighAccuracy: true, maximumAge: 15_000, timeout: 20_000 };

export function wakeWalkList(list: HTMLElement): void {
  const process = processOf(list);
  const mark = () => void markAnswered(list, process).catch(() => undefined);
  mark();
  onNews(mark);
  if ("geolocation" in navigator) offerDistance(list);
}

function offerDistance(list: HTMLElement): void {
  const streets = [...list.children];
  const button = Object.assign(document.createElement("button"), { type: "button", className: "button button--quiet" });
  const said = Object.assign(document.createElement("p"), { className: "soft", hidden: true });
  said.setAttribute("role", "status");
  list.before(button, said);
  let watch: number | undefined;
  const show = (near: boolean) => {
    button.replaceChildren(drawIcon(near ? "lucide-list" : "lucide-locate"), near ? _("Sort by street") : _("Sort from where I stand"));
    button.setAttribute("aria-pressed", String(near));
  };
  const byStreet = () => {
    navigator.geolocation.clearWatch(watch!);
    watch = position.value = undefined;
    restore(list, streets);
    show(false);
  };
  const fail = (error: GeolocationPositionError) => {
    if (position.value) return;
    byStreet();
    say(said, error.code === error.PERMISSION_DENIED ? _("Your position was not shared: the list stays by street.") : _("Your position was not found: the list stays by street."));
  };
  const found = ({ coords }: GeolocationPosition) => {
    position.value = { lon: coords.longitude, lat: coords.latitude };
    say(said, _("Nearest first. Your position does not leave this phone."));
    sortFrom(list, position.value);
  };
  button.addEventListener("click", () => {
    if (watch !== undefined) return byStreet();
    show(true);
    say(said, _("Looking for where you stand…"));
    watch = navigator.geolocation.watchPosition(found, fail, WATCHING);
  });
  show(false);
}

function say(line: HTMLElement, message: string): void {
  line.hidden = false;
  line.textContent = message;
}

const cardsOf = (list: ParentNode) => [...list.querySelectorAll<HTMLElement>(".card[data-ref]")];

/** One list of all cards; each remembers the list that it came from. */
export function sortFrom(list: HTMLElement, from: Point): void {
  const points = cardsOf(list).map((card) => ({ card, lon: Number(card.dataset["lon"]), lat: Number(card.dataset["lat"]) }));
  const all = list.querySelector<HTMLElement>("[data-nearest]") ?? nearestList(list);
  for (const { place, distance } of nearestFirst(from, points)) {
    homes.has(place.card) || homes.set(place.card, { list: place.card.parentElement!, next: place.card.nextElementSibling });
    place.card.querySelector("[data-far]")!.textContent = metres(distance);
    all.append(place.card);
  }
  for (const street of list.querySelectorAll<HTMLElement>(".street")) street.hidden = true;
}

const homes = new Map<HTMLElement, { list: HTMLElement; next: Element | null }>();

function nearestList(list: HTMLElement): HTMLElement {
  const all = Object.assign(document.createElement("ul"), { className: "cards" });
  all.setAttribute("role", "list");
  all.dataset["nearest"] = "";
  list.prepend(all);
  return all;
}

/** Backwards, so that each card finds the one it stood before. */
function restore(list: HTMLElement, streets: Element[]): void {
  for (const [card, { list: home, next }] of [...homes].reverse()) {
    home.insertBefore(card, next?.parentElement === home ? next : null);
    card.querySelector("[data-far]")!.textContent = "";
  }
  homes.clear();
  list.querySelector("[data-nearest]")?.remove();
  for (const street of streets) (street as HTMLElement).hidden = false;
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
}

function markOne(card: HTMLElement, { opinion }: Mine, labels: Map<string, string>): void {
  const wish = wishesInWords(opinion.wishes ?? [], opinion.other, labels);
  card.classList.add("card--done");
  card.querySelector(".tile")?.classList.add("tile--done");
  card.querySelector(".card__more")!.textContent = _("Your wish: %(wish)s", { wish });
  card.querySelector(".card__end .icon")?.replaceWith(drawIcon("lucide-check"));
}
