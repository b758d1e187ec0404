/** The order in which doors are walked. */
import type { PackPlace } from "@/places/types";

/** The round that a door is walked with: its street, or a part of a long one. */
export const streetOf = (place: PackPlace) => place.round ?? place.street ?? place.near_street ?? "";

/** « Rue du Calvaire » before « Rue Scribe »; in a round up one side and back down the other, else 8 before 12 before 12 bis. */
export function byStreet(a: PackPlace, b: PackPlace): number {
  const compare = (x: string, y: string) => x.localeCompare(y, "fr", { numeric: true });
  const turn = (a.step ?? 0) - (b.step ?? 0);
  return compare(streetOf(a), streetOf(b)) || turn || compare(a.number ?? "", b.number ?? "") || compare(a.ref, b.ref);
}
