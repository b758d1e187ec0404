/** What is asked of a place, and the order in which doors are walked. */
import { _ } from "@/i18n";
import type { PackPlace } from "@/places/types";

export function question({ kind }: PackPlace): string {
  if (kind === "site") return _("What would you like to do here?");
  return kind === "spot" ? _("What is missing here?") : _("What would you like to find here?");
}

/** The round that a door is walked with: its street, or a part of a long one. */
export const streetOf = (place: PackPlace) => place.round ?? place.street ?? place.near_street ?? "";

/** « Rue du Calvaire » before « Rue Scribe »; in a round up one side and back down the other, else 8 before 12 before 12 bis. */
export function byStreet(a: PackPlace, b: PackPlace): number {
  const compare = (x: string, y: string) => x.localeCompare(y, "fr", { numeric: true });
  const turn = (a.step ?? 0) - (b.step ?? 0);
  return compare(streetOf(a), streetOf(b)) || turn || compare(a.number ?? "", b.number ?? "") || compare(a.ref, b.ref);
}
