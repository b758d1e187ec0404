/** One tap on an activity sends it, while the form says nothing else and its place has no answer yet. */
import { collect } from "@/opinions/collect";

/** Calls `send` after such a tap; a press of a key only chooses, since it may be on its way to the next box. */
export function offerOneTap(form: HTMLFormElement, send: () => void): void {
  let tapped: Element | null | undefined;
  const look = () => showHint(form, holds(form));
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
  showHint(form, holds(form));
}

const wordsOf = (form: HTMLFormElement) => {
  const { other, comment, frequency, nuisances, wishes = [] } = collect("", new FormData(form));
  return { wishes, silent: !other && !comment && !frequency && !nuisances };
};

function holds(form: HTMLFormElement): boolean {
  const { wishes, silent } = wordsOf(form);
  return !isAnswered(form) && silent && wishes.length === 0;
}

function saysOnly(form: HTMLFormElement, box: HTMLInputElement): boolean {
  const { wishes, silent } = wordsOf(form);
  return silent && wishes.length === 1 && wishes[0] === box.value;
}

/** A hidden hint would still be read out where it is named, so its name goes with it. */
function showHint(form: HTMLFormElement, shown: boolean): void {
  const hint = form.querySelector<HTMLElement>("[data-one-tap]");
  if (hint) hint.hidden = !shown;
  form.querySelector(".ask__wishes")?.setAttribute("aria-describedby", shown && hint ? "one-tap" : "limit");
}
