/** This phone's own word at a place, on a page that was drawn before it or without the network. */
import { _ } from "@/i18n";
import { setAnswered } from "@/opinions/one-tap";
import { wishesInWords } from "@/opinions/sentence";
import type { Mine, Opinion } from "@/opinions/types";
import { drawIcon } from "@/ui/dom";

/** Says and fills in what was kept, unless the page already knows of something later. */
export function showOwn(form: HTMLFormElement, kept: Mine | undefined, names: Map<string, string>): void {
  const drawnAt = Number(new FormData(form).get("seq") ?? 0);
  if (!kept || kept.opinion.seq < drawnAt) return;
  const { opinion } = kept;
  fill(form, opinion);
  form.parentElement?.querySelector(":scope > [data-own]")?.remove();
  if (!opinion.withdraw) form.before(noteOf(wishesInWords(opinion.wishes ?? [], opinion.other, names)));
  setAnswered(form, !opinion.withdraw);
}

function fill(form: HTMLFormElement, { wishes = [], nuisances = [], frequency, other = "", comment = "" }: Opinion): void {
  const said = new Set([...wishes, ...nuisances, frequency]);
  for (const box of form.querySelectorAll<HTMLInputElement>(".chip input")) box.checked = said.has(box.value);
  form.querySelector<HTMLInputElement>("[name=other]")!.value = other;
  form.querySelector<HTMLTextAreaElement>("[name=comment]")!.value = comment;
  for (const fold of form.querySelectorAll("details")) if (fold.querySelector(":checked") || (other && fold.querySelector("[name=other]"))) fold.open = true;
}

/** The server's own sentence, places/templates/place.html. */
function noteOf(wish: string): HTMLElement {
  const note = Object.assign(document.createElement("p"), { className: "note note--green" });
  note.dataset["own"] = "";
  const words = document.createElement("span");
  words.append(Object.assign(document.createElement("strong"), { textContent: `${_("Your wish: %(wish)s", { wish })}.` }), ` ${_("Sending again replaces it.")}`);
  note.append(drawIcon("lucide-check"), words);
  return note;
}
