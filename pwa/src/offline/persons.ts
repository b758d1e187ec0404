/** « Répondre pour quelqu'un d'autre »: who answers now on a phone that people share. */
import { signal } from "@preact/signals";
import { database } from "@/offline/db";

/** The phone's own person, and five it may be lent to (docs/api.md: `person`). */
export const ME = 0;
export const HIGHEST_PERSON = 5;

const processHere = () => globalThis.document?.body?.dataset["process"] ?? "";
const keyOf = (process: string) => `devanture-speaking/${process}`;

/**
 * Who answers now in this page's process: 0, or the number of somebody else. Kept for the tab's life only, so
 * that a phone opened again the next day is its owner's.
 */
export const speaking = /* @__PURE__ */ signal(read());

function read(): number {
  try {
    const kept = Number(sessionStorage.getItem(keyOf(processHere())));
    return Number.isInteger(kept) && kept >= ME && kept <= HIGHEST_PERSON ? kept : ME;
  } catch {
    return ME;
  }
}

/** Whether somebody else has begun to answer since this page was drawn: the browser may bring it back as it was. */
export const isAnothersPage = () => read() !== speaking.value;

function speak(person: number): void {
  speaking.value = person;
  try {
    sessionStorage.setItem(keyOf(processHere()), String(person));
  } catch {
    // A phone that stores nothing lends itself for one page only.
  }
}

/** From here on somebody who has not answered on this phone yet; false when five others already did. */
export async function startAnother(): Promise<boolean> {
  const said = (await (await database()).getAll("mine")).filter(({ process }) => process === processHere());
  const next = Math.max(speaking.value, ...said.map(({ person }) => person)) + 1;
  if (next > HIGHEST_PERSON) return false;
  speak(next);
  return true;
}

/** Somebody who answered before goes on. */
export function speakAs(person: number): void {
  speak(person);
}

export function backToMe(): void {
  speak(ME);
}
