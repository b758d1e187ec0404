/** How far a round is: « 4 sur 11 dans votre rue ». The twin of `progress` in server/devanture/streets/rules.py. */
import { isVacant } from "@/places/next";
import type { PackPlace } from "@/places/types";

export interface Progress {
  /** The street, or the part of a long one. */
  round: string;
  done: number;
  total: number;
  /** A round has come to its end; a lone door is no round, and its answer ends nothing. */
  finished: boolean;
}

/** Doors that are vacant count, and those that the person answered before they were let; undefined for a site or a spot. */
export function progress(places: PackPlace[], from: string, answered: Set<string>): Progress | undefined {
  const round = places.find(({ ref }) => ref === from)?.round;
  if (!round) return undefined;
  const doors = places.filter((place) => place.round === round && (isVacant(place) || answered.has(place.ref)));
  const done = doors.filter(({ ref }) => answered.has(ref)).length;
  return { round, done, total: doors.length, finished: doors.length > 1 && done === doors.length };
}
