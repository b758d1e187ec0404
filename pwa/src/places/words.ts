/** The order of a street's doors. */
import type { PackPlace } from "@/places/types";

export const streetOf = (place: PackPlace) => place.street ?? place.near_street ?? "";

/** « Rue du Calvaire » before « Rue Scribe », 8 before 12 before 12 bis. */
export function byStreet(a: PackPlace, b: PackPlace): number {
  const compare = (x: string, y: string) => x.localeCompare(y, "fr", { numeric: true });
  return compare(streetOf(a), streetOf(b)) || compare(a.number ?? "", b.number ?? "") || compare(a.ref, b.ref);
}
