/** From a filled form to an intention, and why it cannot go yet. */
import type { Intention } from "@/opinions/types";

const OTHER_LIMIT = 120;
const COMMENT_LIMIT = 1000;

/** As the server knows a poster's code (proofs/rules.py). */
export const DOOR = /^[A-HJ-NP-Z2-9]{8}$/;

export type Shortcoming = "nothing-chosen" | "too-many";

/** What the form says about `place`; empty fields are left out, as the API wants them. */
export function collect(place: string, form: FormData): Intention {
  const text = (name: string) => String(form.get(name) ?? "").trim();
  const several = (name: string) => [...new Set(form.getAll(name).map(String).filter(Boolean))];
  const intention: Intention = { place, wishes: several("wishes"), families_shown: text("families_shown").split(",").filter(Boolean) };
  const other = text("other").slice(0, OTHER_LIMIT);
  const comment = text("comment").slice(0, COMMENT_LIMIT);
  const nuisances = several("nuisances");
  if (other) intention.other = other;
  if (text("frequency")) intention.frequency = text("frequency");
  if (nuisances.length > 0) intention.nuisances = nuisances;
  if (comment) intention.comment = comment;
  if (DOOR.test(text("door"))) intention.door = text("door");
  return intention;
}

export function shortcoming(intention: Intention, maxWishes: number): Shortcoming | undefined {
  const wishes = intention.wishes ?? [];
  if (wishes.length > maxWishes) return "too-many";
  return wishes.length === 0 && !intention.other ? "nothing-chosen" : undefined;
}
