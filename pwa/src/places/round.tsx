/** « Ma tournée », woken: this phone's own answers count at once, sent or not; rounds by distance once one asked for it. */
import { effect } from "@preact/signals";
import { render } from "preact";
import { lang, metres } from "@/i18n";
import { keptPack } from "@/offline/pack";
import { mine } from "@/offline/outbox";
import { onNews } from "@/offline/news";
import { wishesInWords } from "@/opinions/sentence";
import { nearestFirst } from "@/places/distance";
import { standpoint } from "@/places/position";
import { roundNamed, RoundView } from "@/places/round-view";
import type { Pack } from "@/places/types";
import { processOf } from "@/ui/islands";

export function wakeRound(element: HTMLElement): void {
  const process = processOf(element);
  const draw = () => void drawOwn(element, process).catch((error: unknown) => console.warn("round", error));
  draw();
  onNews(draw);
  effect(() => standpoint.value && sortRounds(element));
}

/** The server's page stands wherever it is the round that was asked for and knows all that this phone has said. */
async function drawOwn(element: HTMLElement, process: string): Promise<void> {
  const pack = await keptPack(process, lang());
  if (!pack) return;
  const wishes = await wishesOf(pack);
  const name = roundNamed(pack, wishes, new URLSearchParams(location.search).get("rue"));
  if (element.dataset["round"] === name && isDrawn(element, wishes)) return;
  if (!element.dataset["drawn"]) element.replaceChildren();
  element.dataset["drawn"] = "yes";
  element.dataset["round"] = name;
  render(<RoundView pack={pack} wishes={wishes} name={name} />, element);
  const line = document.querySelector(".top p");
  if (line && name) line.textContent = name;
}

function isDrawn(element: HTMLElement, wishes: Map<string, string>): boolean {
  const cards = [...element.querySelectorAll<HTMLElement>(".card[data-ref]")];
  return cards.length > 0 && cards.every((card) => card.classList.contains("card--done") === wishes.has(card.dataset["ref"] ?? ""));
}

/** Reference → the wish in words, the last answer last. */
export async function wishesOf(pack: Pack): Promise<Map<string, string>> {
  const labels = new Map(pack.activities.map(({ code, one }) => [code, one]));
  const said = (await mine(pack.process.slug)).filter(({ opinion }) => !opinion.withdraw).reverse();
  return new Map(said.map(({ place, opinion }) => [place, wishesInWords(opinion.wishes ?? [], opinion.other, labels)]));
}

function sortRounds(element: HTMLElement): void {
  const cards = [...element.querySelectorAll<HTMLElement>(".card[data-round]")];
  const points = cards.map((card) => ({ card, lon: Number(card.dataset["lon"]), lat: Number(card.dataset["lat"]) }));
  for (const { place, distance } of nearestFirst(standpoint.value!, points)) {
    place.card.querySelector("[data-far]")!.textContent = metres(distance);
    place.card.parentElement!.append(place.card);
  }
}
