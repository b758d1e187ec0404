/** One tap on an activity sends it, while the form says nothing else and its place has no answer yet. */
import { _ } from "@/i18n";
import { collect } from "@/opinions/collect";

/** Who sends: the tap on a kind the first time, the button from then on. */
export function tapsInWords(answered: boolean): string {
  return answered ? _("To change it: choose, then “Send my wish”; ten seconds to undo.") : _("Two taps: a family, then a kind; ten seconds to undo.");
}

/** Calls `send` after such a tap; a press of a key only chooses, since it may be on its way to the next box. */
export function offerOneTap(form: HTMLFormElement, send: () => void): void {
  let tapped: Element | null | undefined;
  const look = () => showWho(form);
  form.addEventListener("click", (event) => {
    if (event.detail > 0) tapped = (event.target as Element).closest(".chip")?.querySelector("input[name=wishes]");
  });
  form.addEventListener("change", ({ target }) => {
    const byTap = tapped === target;
    tapped = undefined;
    if (byTap && !isAnswered(form) && saysOnly(form, target as HTMLInputElement)) send();
    else look();
  });
  // A box tells by « change », just after; reading the form twice would be felt on a cheap phone.
  form.addEventListener("input", ({ target }) => (target as Element).matches("[type=checkbox], [type=radio]") || look());
  look();
}

export const isAnswered = (form: HTMLElement) => "answered" in form.dataset;

export function setAnswered(form: HTMLFormElement, answered: boolean): void {
  form.toggleAttribute("data-answered", answered);
  showWho(form);
}

const wordsOf = (form: HTMLFormElement) => {
  const { other, comment, frequency, nuisances, wishes = [] } = collect("", new FormData(form));
  return { wishes, other, silent: !other && !comment && !frequency && !nuisances };
};

function saysOnly(form: HTMLFormElement, box: HTMLInputElement): boolean {
  const { wishes, silent } = wordsOf(form);
  return silent && wishes.length === 1 && wishes[0] === box.value;
}

/**
 * While nothing is chosen the button is quiet, since it could send nothing, and the rule of the taps is told; a hidden
 * rule would still be read out where it is named, so its name goes with it.
 */
function showWho(form: HTMLFormElement): void {
  const { wishes, silent, other } = wordsOf(form);
  const answered = isAnswered(form);
  form.querySelector(".send .button")?.classList.toggle("button--quiet", wishes.length === 0 && !other);
  const hint = form.querySelector<HTMLElement>("[data-one-tap]");
  const told = answered || (silent && wishes.length === 0);
  if (hint) hint.hidden = !told;
  if (hint) hint.textContent = tapsInWords(answered);
  form.querySelector(".ask__wishes")?.setAttribute("aria-describedby", [told && hint && "one-tap", (answered || !told) && "limit"].filter(Boolean).join(" "));
}
