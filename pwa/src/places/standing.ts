/** Which doors a person may be standing at: up to three, for a position is never exact enough to guess in silence. */
import { nearestFirst, type Point } from "@/places/distance";

export interface Near<T> {
  place: T;
  distance: number;
}

export type Standing<T> =
  | { kind: "far"; nearest: Near<T> }
  | { kind: "between"; nearest: Near<T> }
  | { kind: "at"; doors: Near<T>[] }
  | { kind: "nowhere" };

/** Beyond this a walk to the nearest door is an errand: one says so. */
const FAR_M = 400;
/** Across a street and a little along it. */
const REACH_M = 35;
const WORST_ACCURACY_M = 80;
const MOST_DOORS = 3;

export function standing<T extends Point>(here: Point & { accuracy: number }, places: T[]): Standing<T> {
  const near = nearestFirst(here, places);
  const nearest = near[0];
  if (!nearest) return { kind: "nowhere" };
  const reach = REACH_M + Math.min(here.accuracy, WORST_ACCURACY_M);
  if (nearest.distance <= reach) return { kind: "at", doors: near.filter(({ distance }) => distance <= reach).slice(0, MOST_DOORS) };
  return { kind: nearest.distance - here.accuracy > FAR_M ? "far" : "between", nearest };
}
