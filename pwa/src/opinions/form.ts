/** The form of a place, woken: search, the limit of wishes, and an answer that does not wait for the network. */
import { render } from "preact";
import { _, lang, ngettext, today } from "@/i18n";
import { keptPack } from "@/offline/pack";
import * as outbox from "@/offline/outbox";
import { sendSoon } from "@/offline/schedule";
import { queue } from "@/offline/status";
import { collect, shortcoming, type Shortcoming } from "@/opinions/collect";
import { offerSearch } from "@/opinions/search-box";
import { showThanks } from "@/opinions/thanks-view";
import type { Pack } from "@/places/types";
import type { Intention } from "@/opinions/types";
import { processOf } from "@/ui/islands";

/** What the thank-you view needs, read while the person chooses so that the answer shows at once. */
interface Known {
  pack: Pack | undefined;
  answered: Set<string>;
}

export function wakeForm(element: HTMLElement): void {
  const form = element as HTMLFormElement;
  const max = Number(form.dataset["max"] ?? 3);
  const known = readKnown(processOf(form));
  offerSearch(form);
  holdToLimit(form, max);
  form.addEventListener("change", () => holdToLimit(form, max));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void answer(form, max, known);
  });
}

async function readKnown(process: string): Promise<Known> {
  const [pack, said] = await Promise.all([keptPack(process, lang()), outbox.mine(process)]).catch(() => [undefined, []] as const);
  return { pack, answered: new Set(said.filter(({ opinion }) => !opinion.withdraw).map(({ place }) => place)) };
}

/** At the limit the other boxes rest, so that the next tap does not take an earlier wish away unseen. */
function holdToLimit(form: HTMLFormElement, max: number): void {
  const boxes = [...form.querySelectorAll<HTMLInputElement>("input[name=wishes]")];
  const full = boxes.filter((box) => box.checked).length >= max;
  for (const box of boxes) box.disabled = full && !box.checked;
  tell(form, full ? ngettext("One wish is chosen.", "%(num)s wishes are chosen, the most there can be.", max) : "");
}

async function answer(form: HTMLFormElement, max: number, known: Promise<Known>): Promise<void> {
  const intention = collect(form.dataset["ref"] ?? "", new FormData(form));
  const missing = shortcoming(intention, max);
  if (missing) return tell(form, inWords(missing, max));
  if (form.ariaBusy) return;
  form.ariaBusy = "true";
  try {
    const early = await known;
    await keepAndThank(form, intention, early.pack ? early : await readKnown(processOf(form)));
  } catch (error) {
    // This phone refuses to store anything (private browsing, a full disk): the form goes as without us.
    console.error("outbox", error);
    form.submit();
  }
}

async function keepAndThank(form: HTMLFormElement, intention: Intention, { pack, answered }: Known): Promise<void> {
  const process = processOf(form);
  const title = document.querySelector("h1")?.textContent?.trim() ?? "";
  const atLeast = Number(new FormData(form).get("seq")) || 1;
  const said = await outbox.say({ process, lang: lang(), title, day: today(new Date()), intention, atLeast });
  queue.value = [...queue.value, said.item];
  const names = new Map(pack?.activities.map(({ code, one }) => [code, one]) ?? labelsIn(form));
  showThanks({ process, title, said, pack, names, answered });
  sendSoon();
  void navigator.storage?.persist?.();
}

/** Before the first pack has come, the labels of the boxes do. */
function labelsIn(form: HTMLFormElement): [string, string][] {
  const boxes = [...form.querySelectorAll<HTMLInputElement>("input[name=wishes]")];
  return boxes.map((box) => [box.value, box.parentElement?.textContent?.trim() ?? box.value]);
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
