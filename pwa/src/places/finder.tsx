/** The tools above the list: where one stands, on a tap, and the search that needs no position. */
import { effect } from "@preact/signals";
import { render } from "preact";
import { _, lang, metres } from "@/i18n";
import { keptPack } from "@/offline/pack";
import { Facade } from "@/places/facade";
import { looking, position, standpoint, startLooking, stopLooking, trouble, type Position } from "@/places/position";
import { standing, type Near } from "@/places/standing";
import { Tile } from "@/places/parts";
import type { PackPlace } from "@/places/types";
import { streetOf } from "@/places/words";
import { processOf } from "@/ui/islands";

export function wakeFinder(element: HTMLElement): void {
  const process = processOf(element);
  wakeButton(element);
  const doors = element.appendChild(document.createElement("div"));
  const places = keptPlaces(process);
  effect(() => {
    const here = standpoint.value;
    if (here) void places().then((all) => render(<Doors process={process} here={here} places={all} />, doors));
    else render(null, doors);
  });
  wakeSearch(element, process);
}

/** The pack's doors, read once it is there: on a first visit it is still on its way. */
function keptPlaces(process: string): () => Promise<PackPlace[]> {
  let kept: PackPlace[] | undefined;
  return async () => (kept ??= (await keptPack(process, lang()).catch(() => undefined))?.places) ?? [];
}

function wakeButton(element: HTMLElement): void {
  const button = element.querySelector<HTMLButtonElement>("[data-locate]")!;
  const said = element.querySelector<HTMLElement>("[data-said]")!;
  button.addEventListener("click", () => (looking.value ? stopLooking() : startLooking()));
  effect(() => {
    button.setAttribute("aria-pressed", String(looking.value));
    button.classList.toggle("button--quiet", looking.value);
    button.lastElementChild!.textContent = looking.value ? _("Stop using my position") : _("Nearest to me");
    said.textContent = inWords();
  });
}

function inWords(): string {
  if (trouble.value === "denied") return _("Your position was not shared. Everything works without it: search, or choose a street below.");
  if (trouble.value) return _("Your position was not found. Everything works without it: search, or choose a street below.");
  if (!looking.value) return "";
  return position.value ? _("Nearest first. Your position does not leave this phone.") : _("Looking for where you stand…");
}

interface DoorsProps {
  process: string;
  here: Position;
  places: PackPlace[];
}

/** What the position says of the doors around, as a question wherever more than one may be meant. */
export function Doors({ process, here, places }: DoorsProps) {
  const found = standing(here, places.filter(({ kind }) => kind === "premises"));
  if (found.kind === "nowhere") return null;
  if (found.kind !== "at") return <Away process={process} far={found.kind === "far"} nearest={found.nearest} />;
  const question = found.doors.length > 1 ? _("Which door do you stand at?") : _("You seem to stand here");
  return (
    <section class="doors" aria-labelledby="doors">
      <h2 id="doors">{question}</h2>
      <ul class="doors__all" role="list">{found.doors.map((near) => <Door key={near.place.ref} process={process} {...near} />)}</ul>
    </section>
  );
}

function Door({ process, place, distance }: Near<PackPlace> & { process: string }) {
  return (
    <li>
      <a class="doors__one" href={`/${process}/lieux/${place.ref}`}>
        <span class="doors__front" aria-hidden="true"><Facade place={place} /></span>
        <Tile place={place} />
        <span class="card__text">
          <span class="card__title">{place.title}</span>
          {place.hint && <span class="card__hint">{place.hint}</span>}
        </span>
        <span class="card__far">{metres(distance)}</span>
      </a>
    </li>
  );
}

function Away({ process, far, nearest: { place, distance } }: { process: string; far: boolean; nearest: Near<PackPlace> }) {
  const round = streetOf(place);
  return (
    <section class="note note--away">
      <p>{far ? _("You are %(far)s from the nearest door of this consultation.", { far: metres(distance) }) : _("No empty shop just here: the nearest is %(far)s away.", { far: metres(distance) })}</p>
      {round && <p><a href={`/${process}/tournee?rue=${encodeURIComponent(round)}`}>{_("The nearest round: %(street)s", { street: round })}</a></p>}
    </section>
  );
}

/** The index is read at the first touch of the field, not with the page. */
function wakeSearch(element: HTMLElement, process: string): void {
  const input = element.querySelector<HTMLInputElement>("input[type=search]")!;
  const found = input.closest("label")!.insertAdjacentElement("afterend", document.createElement("div")) as HTMLElement;
  const wake = () => import("@/places/search-view").then(({ openSearch }) => openSearch(input, found, process));
  input.addEventListener("focus", () => void wake(), { once: true });
}

