/** « Merci » as a page of its own address, drawn at once over the door that it was said at. */
import { effect, signal, type Signal } from "@preact/signals";
import { h, render } from "preact";
import { fetchThanks } from "@/api";
import { _, lang, today } from "@/i18n";
import { onNews } from "@/offline/news";
import * as outbox from "@/offline/outbox";
import { keptPack, packOnceAsked } from "@/offline/pack";
import { ME } from "@/offline/persons";
import { online, queue } from "@/offline/status";
import { keepOpinion } from "@/opinions/keep";
import { ThanksView } from "@/opinions/thanks-view";
import type { Intention, Mine } from "@/opinions/types";
import type { Pack, PackPlace } from "@/places/types";
import { afterFrame } from "@/ui/dom";
import { processOf, wake } from "@/ui/islands";
import { parsePage } from "@/ui/trusted";

const UNDO_MS = 10_000;
/** The second tap of a double tap, and a thumb still coming down, meet nothing here yet. */
const SETTLING_MS = 350;
/** Let the first frame be handed over before the next one is begun. */
const BELOW_MS = 20;

/** Everything that the view shows; what changes while it stands is a signal. */
export interface Thanks {
  process: string;
  title: string;
  /** The door's number as the page gave it; the pack's goes before it. */
  number?: string | undefined;
  /** On a slow network the person may be faster than the first one: the way on is drawn once it is here. */
  pack: Signal<Pack | undefined>;
  /** Codes to words, with their article: « une poissonnerie ». */
  names: Map<string, string>;
  /** What this person said in the process, this answer included. */
  said: Mine[];
  /** « En dire plus » puts a newer sending in its place. */
  kept: Signal<Mine>;
  undoing: Signal<Undoing>;
  /** Whether all of it is drawn; until its first frame is seen, only what was kept. */
  whole: Signal<boolean>;
  /** Whether the neighbours' figures stand already: a newer sending of this answer does not change them. */
  told: Signal<boolean>;
  /** Whether a sending that had left, and so had a receipt, was replaced by a newer one. */
  renewed?: boolean;
  /** What undoing it needs; absent when it was said earlier. */
  undo?: outbox.Said;
  /** How far the nearest shop of each wished kind is, in words. */
  near: string[];
  /** Goes back to the door to add a wish; absent when there is no room for one. */
  again?: () => void;
}

export type Undoing = "offered" | "over" | "done";

interface Just extends Pick<Thanks, "process" | "title" | "number" | "names" | "near"> {
  pack: Pack | undefined;
  said: outbox.Said;
  /** What this person had said before, as it was read while the person chose: nothing is waited for any more. */
  earlier: Mine[];
  /** Whether another wish may join these. */
  more: boolean;
  /** Called once the place's page stands again, its form as it was sent. */
  again: () => void;
}

const addressOf = (process: string, place: string) => `/${process}/lieux/${place}/merci`;

/** « Merci » drawn on a sheet of its own and not yet seen: on a cheap phone that takes as long as the disk does. */
export interface Ready {
  said: outbox.Said;
  /** Takes the door's place and an address of its own; Back brings the door again, as it was left. */
  show: () => void;
  /** It was not kept after all. */
  drop: () => void;
}

export function readyThanks(just: Just): Ready {
  const sheet = document.querySelector("main")!.cloneNode(false) as HTMLElement;
  const shown = thanksFor(just, just.more ? () => history.back() : undefined);
  render(h(ThanksView, { thanks: shown }), sheet);
  return { said: just.said, show: () => turnTo(sheet, shown, just.again), drop: () => render(null, sheet) };
}

/** Only the last « Merci » of a page listens to Back and Forward. */
let turned = new AbortController();

function turnTo(sheet: HTMLElement, shown: Thanks, again: () => void): void {
  const door = document.querySelector("main")!;
  const { title, body: { className } } = document;
  const turnBack = () => {
    render(null, sheet);
    sheet.replaceWith(door);
    document.title = title;
    document.body.className = className;
    door.focus({ preventScroll: true });
    again();
  };
  turned.abort();
  turned = new AbortController();
  history.pushState({ thanks: true }, "", addressOf(shown.process, shown.kept.value.place));
  addEventListener("popstate", () => {
    // A link within the page, as to its content, leads nowhere else; nor does the address tell what was undone here.
    const [away, up] = [!location.pathname.endsWith("/merci"), sheet.isConnected];
    if (away && up && shown.undoing.value !== "done") turnBack();
    else if (away === up) location.reload();
  }, { signal: turned.signal });
  settle(sheet);
  door.replaceWith(sheet);
  present(sheet, shown);
}

function thanksFor({ process, title, number, pack, names, near, said: just, earlier }: Omit<Just, "more" | "again">, again?: () => void): Thanks {
  const kept = mineOf(just);
  const said = [kept, ...earlier.filter(({ place }) => place !== kept.place)];
  const undoing = signal<Undoing>("offered");
  return { process, title, number, pack: signal(pack), names, near, said, kept: signal(kept), undoing, whole: signal(false), told: signal(false), undo: just, ...(again ? { again } : {}) };
}

function mineOf({ item: { process, person, place, title, id, opinion }, receipt }: outbox.Said): Mine {
  return { process, person, place, title, id, opinion, day: today(new Date()), ...(receipt ? { receipt } : {}) };
}

/** The same wish at another door, in one tap: its own « Merci » takes this one's place. */
export async function wishAgain(shown: Thanks, place: PackPlace): Promise<void> {
  const { process, names, pack: { value: pack } } = shown;
  const said = await keepOpinion({ process, title: place.title }, sameAt(shown.kept.value, place.ref));
  const next = thanksFor({ process, title: place.title, pack, names, near: [], said, earlier: shown.said });
  history.replaceState({ thanks: true }, "", addressOf(process, place.ref));
  const main = document.querySelector("main")!;
  settle(main);
  render(null, main);
  draw(main, next);
}

/** What may be wished elsewhere too: the activities and the words, not the comment about that one door. */
export function sameAt({ opinion: { wishes, other, families_shown } }: Mine, place: string): Intention {
  return { place, ...(wishes?.length ? { wishes } : {}), ...(other ? { other } : {}), ...(families_shown ? { families_shown } : {}) };
}

/** A reload, or the address opened again: from what the phone keeps, else the server's page stays as it is. */
export async function wakeThanks(element: HTMLElement): Promise<void> {
  const shown = await keptThanks(processOf(element), element.dataset["ref"] ?? "");
  if (!shown) return;
  // The server drew them for the phone's own person.
  const figures = shown.kept.value.person === ME ? element.querySelector(".figures") : null;
  draw(element.closest("main")!, shown, figures ?? undefined);
}

/** « Merci » for what was said at a place earlier; undefined when nothing was, or it was taken back. */
export async function keptThanks(process: string, place: string): Promise<Thanks | undefined> {
  const [pack, said] = await Promise.all([keptPack(process, lang()), outbox.mine(process)]);
  const kept = said.find((row) => row.place === place);
  if (!kept || kept.opinion.withdraw) return undefined;
  const names = new Map(pack?.activities.map(({ code, one }) => [code, one]));
  const title = pack?.places.find(({ ref }) => ref === place)?.title ?? kept.title;
  return { process, title, pack: signal(pack), names, said, kept: signal(kept), undoing: signal<Undoing>("over"), whole: signal(true), told: signal(false), near: [] };
}

/** `figures` are those of a page that the server has just drawn; without them they are asked for. */
export function draw(main: Element, shown: Thanks, figures?: Element): void {
  main.replaceChildren();
  render(h(ThanksView, { thanks: shown }), main);
  present(main, shown, figures);
}

function present(main: Element, shown: Thanks, figures?: Element): void {
  const { process, pack, undoing, whole } = shown;
  setTimeout(() => undoing.value === "offered" && (undoing.value = "over"), UNDO_MS);
  document.title = `${_("Thank you!")} · ${shown.title}`;
  document.body.className = "page-thanks";
  scrollTo(0, 0);
  // What was kept is seen first; the way on and what stands below it come after that frame.
  void afterFrame().then(() => {
    (main as HTMLElement).focus({ preventScroll: true });
    setTimeout(() => (whole.value = true), BELOW_MS);
  });
  if (!pack.value) void packOnceAsked(process, lang()).then((come) => (pack.value = come));
  if (figures) place(main, shown, figures);
  else bringFigures(main, shown);
}

/** Taps alone are held off: made inert, the page would be missing for a screen reader meanwhile. */
function settle(main: HTMLElement): void {
  main.style.pointerEvents = "none";
  setTimeout(() => (main.style.pointerEvents = ""), SETTLING_MS);
}

/** Once the server has the answer, its own thank-you page holds the neighbours' figures: the same words, drawn once. */
function bringFigures(main: Element, shown: Thanks): void {
  const { process, kept } = shown;
  const stop = effect(() => {
    if (!online.value || queue.value.some(({ id }) => id === kept.value.id)) return;
    queueMicrotask(() => stop());
    void fetchThanks(process, kept.value.place, kept.value.person).then((page) => {
      const figures = page && parsePage(page).querySelector(".figures");
      if (figures) place(main, shown, figures);
    });
  });
}

function place(main: Element, { told }: Thanks, figures: Element): void {
  const slot = main.querySelector("[data-figures]");
  told.value = true;
  slot?.replaceChildren(figures);
  if (slot) wake(slot);
}

/** The server's receipt for this answer, once it has come; empty again while a newer sending is on its way. */
export function receiptOf({ process, kept }: Thanks): Signal<string> {
  const receipt = signal("");
  const look = async () => {
    const { id, person, receipt: known = "" } = kept.value;
    const said = await outbox.mine(process, person).catch(() => []);
    if (id === kept.value.id) receipt.value = said.find((row) => row.id === id)?.receipt ?? known;
  };
  kept.subscribe(() => void look());
  onNews(() => void look());
  return receipt;
}
