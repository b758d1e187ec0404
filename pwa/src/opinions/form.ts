/** The form of a place, woken: search, the limit of wishes, and an answer that does not wait for the network. */
import { render } from "preact";
import { _, lang, ngettext } from "@/i18n";
import { keptPack } from "@/offline/pack";
import * as outbox from "@/offline/outbox";
import type { Said } from "@/offline/outbox";
import { collect, shortcoming, type Shortcoming } from "@/opinions/collect";
import { keepOpinion, unkeptInWords } from "@/opinions/keep";
import { nearestInWords } from "@/opinions/nearest";
import { isAnswered, offerOneTap, setAnswered } from "@/opinions/one-tap";
import { showOwn } from "@/opinions/own";
import { personalInWords } from "@/opinions/personal-note";
import { offerSame } from "@/opinions/same";
import { offerSearch } from "@/opinions/search-box";
import { readyThanks, type Ready } from "@/opinions/thanks";
import type { Pack } from "@/places/types";
import type { Intention, Mine } from "@/opinions/types";
import { afterFrame } from "@/ui/dom";
import { processOf } from "@/ui/islands";

/** What the thank-you view needs, read while the person chooses so that the answer shows at once. */
interface Known {
  pack: Pack | undefined;
  said: Mine[];
}

interface Woken {
  form: HTMLFormElement;
  max: number;
  known: Promise<Known>;
}

export function wakeForm(element: HTMLElement): void {
  const form = element as HTMLFormElement;
  const woken: Woken = { form, max: Number(form.dataset["max"] ?? 3), known: readKnown(processOf(form)) };
  offerSearch(form);
  holdToLimit(woken);
  offerOneTap(form, () => void answer(woken, true));
  form.addEventListener("change", ({ target }) => form.ariaBusy || holdToLimit(woken, target as HTMLInputElement));
  followFolds(form);
  form.addEventListener("input", ({ target }) => pointOut(form, target));
  void woken.known.then((known) => showKnown(woken, known));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void answer(woken);
  });
}

async function readKnown(process: string): Promise<Known> {
  try {
    const [pack, said] = await Promise.all([keptPack(process, lang()), outbox.mine(process)]);
    return { pack, said };
  } catch (error) {
    // The form serves without it; what keeps « Même souhait » away should still be found in the console.
    console.warn("known", error);
    return { pack: undefined, said: [] };
  }
}

function showKnown(woken: Woken, { pack, said }: Known): void {
  const { form } = woken;
  const names = namesOf(form, pack);
  showOwn(form, said.find(({ place }) => place === form.dataset["ref"]), names);
  offerSame(form, pack, said, names, (same) => void send(woken, same));
  holdToLimit(woken);
}

/** A family that was opened comes up whole, where the thumb is, instead of running under the button. */
function followFolds(form: HTMLFormElement): void {
  form.addEventListener("toggle", ({ target }) => {
    const fold = target as HTMLDetailsElement;
    const foot = form.querySelector(".send")?.getBoundingClientRect().top ?? innerHeight;
    if (!fold.open || fold.getBoundingClientRect().bottom <= foot || !fold.contains(document.activeElement)) return;
    fold.scrollIntoView({ block: "start", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  }, true);
}

/** At the limit the other boxes rest, so that the next tap does not take an earlier wish away unseen. */
function holdToLimit({ form, max }: Woken, changed?: HTMLInputElement): void {
  const boxes = [...form.querySelectorAll<HTMLInputElement>("input[name=wishes]")];
  const full = boxes.filter((box) => box.checked).length >= max;
  for (const box of boxes) box.disabled = full && !box.checked;
  const limit = full ? ngettext("One wish is chosen.", "%(num)s wishes are chosen, the most there can be.", max) : "";
  const near = changed?.name === "wishes" && changed.checked ? nearestInWords(form, changed.value) : "";
  tell(form, [near, limit].filter(Boolean).join("\n"));
}

/** A telephone number or the like is pointed out while it can still be taken out. */
function pointOut(form: HTMLFormElement, target: EventTarget | null): void {
  const field = target as HTMLInputElement | HTMLTextAreaElement;
  if (field.name === "comment" || field.name === "other") tell(form, personalInWords(field.value));
}

/** By a tap on an activity, or by the button. */
async function answer(woken: Woken, byTap = false): Promise<void> {
  const { form, max } = woken;
  const intention = collect(form.dataset["ref"] ?? "", new FormData(form));
  const missing = shortcoming(intention, max);
  if (missing) return tell(form, inWords(missing, max));
  await send(woken, intention, byTap);
}

async function send(woken: Woken, intention: Intention, byTap = false): Promise<void> {
  const { form } = woken;
  if (form.ariaBusy) return;
  rest(form, true);
  try {
    const early = await woken.known;
    // The page was kept from before: this phone has answered here since, so the tap only chooses.
    if (byTap && isAnswered(form)) return rest(form, false);
    await keepAndThank(woken, intention, early.pack ? early : await readKnown(processOf(form)));
  } catch (error) {
    // Never by the form itself: it knows nothing of who speaks, and what it wrote would stand in the address.
    rest(form, false);
    tell(form, unkeptInWords(error));
  }
}

/** While it is being kept, the form sends nothing more; made inert, it would be drawn anew just before it goes. */
function rest(form: HTMLFormElement, resting: boolean): void {
  form.ariaBusy = resting ? "true" : null;
}

async function keepAndThank(woken: Woken, intention: Intention, { pack, said: earlier }: Known): Promise<void> {
  const { form, max } = woken;
  const process = processOf(form);
  const title = document.querySelector("h1")?.textContent?.trim() ?? "";
  const atLeast = Number(form.querySelector<HTMLInputElement>("[name=seq]")?.value) || 1;
  const makeReady = (said: Said) => {
    const wishes = intention.wishes ?? [];
    const near = wishes.map((code) => nearestInWords(form, code)).filter(Boolean);
    return readyThanks({ process, title, number: form.dataset["number"], said, earlier, pack, names: namesOf(form, pack), near, more: wishes.length < max, again: () => again(woken) });
  };
  let ready: Ready | undefined;
  const said = await keepOpinion({ process, title, atLeast }, intention, (kept) => (ready = makeReady(kept))).catch((error: unknown) => {
    ready?.drop();
    throw error;
  });
  if (said !== ready?.said) ready = (ready?.drop(), makeReady(said));
  ready.show();
  void afterFrame().then(() => navigator.storage?.persist?.());
}

/** Back from « Merci » with the wish kept: from here on a tap only chooses, and the button sends the change. */
function again(woken: Woken): void {
  const { form } = woken;
  rest(form, false);
  setAnswered(form, true);
  woken.known = readKnown(processOf(form));
  void woken.known.then((known) => {
    showKnown(woken, known);
    tell(form, _("Your wish is kept: add to it, then send."));
    form.querySelector("h2")?.scrollIntoView();
  });
}

const namesOf = (form: HTMLFormElement, pack: Pack | undefined) => new Map(pack?.activities.map(({ code, one }) => [code, one]) ?? labelsIn(form));

/** Before the first pack has come, the boxes say it. */
function labelsIn(form: HTMLFormElement): [string, string][] {
  const boxes = [...form.querySelectorAll<HTMLInputElement>("input[name=wishes]")];
  return boxes.map((box) => [box.value, box.dataset["one"] ?? box.parentElement?.textContent?.trim() ?? box.value]);
}

function inWords(missing: Shortcoming, max: number): string {
  if (missing === "too-many") return ngettext("One wish at most.", "%(num)s wishes at most.", max);
  return _("Choose a kind, or say it in your own words.");
}

function tell(form: HTMLFormElement, message: string): void {
  const send = form.querySelector(".send") ?? form;
  let line = form.querySelector<HTMLElement>("[data-said]");
  if (!line) {
    line = Object.assign(document.createElement("p"), { className: "soft" });
    line.dataset["said"] = "";
    line.setAttribute("role", "status");
    send.prepend(line);
  }
  render(message, line);
}
