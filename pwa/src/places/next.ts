/** The next door, as the server chooses it: the twin of server/devanture/streets/rules.py, held to it by tests/walking.json. */
import { distanceBetween } from "@/places/distance";
import type { PackPlace } from "@/places/types";

export type Where = "same-side" | "other-side" | "elsewhere";

export interface NextDoor {
  place: PackPlace;
  where: Where;
  /** Whole metres on foot. */
  metres: number;
}

const ELSEWHERE = 1.3;
const BEND = 2;

/** On along the round of the place `from` and over its start, else the nearest elsewhere; never a site, a spot or what is answered. */
export function nextDoor(places: PackPlace[], from: string, answered: Set<string>): NextDoor | undefined {
  const here = places.find(({ ref }) => ref === from);
  if (!here) return undefined;
  const open = places.filter((place) => place.kind === "premises" && isVacant(place) && place.ref !== from && !answered.has(place.ref));
  const along = open.filter(({ round }) => here.round !== null && round === here.round);
  const step = (place: PackPlace) => place.step ?? -1;
  const behind = (place: PackPlace) => Number(step(place) <= step(here));
  const onward = along.sort((a, b) => behind(a) - behind(b) || step(a) - step(b) || byRef(a, b))[0];
  if (onward) return { place: onward, where: whereIs(here, onward), metres: onFoot(here, onward) };
  const nearest = open.sort((a, b) => distanceBetween(here, a) - distanceBetween(here, b) || byRef(a, b))[0];
  return nearest && { place: nearest, where: "elsewhere", metres: onFoot(here, nearest) };
}

export const isVacant = ({ state }: PackPlace) => state === "vacant" || state === "open";

/** In a street without a line no side is known. */
function whereIs(here: PackPlace, there: PackPlace): Where {
  if (!here.side || !there.side) return "elsewhere";
  return here.side === there.side ? "same-side" : "other-side";
}

/** In one round along the street, and across it between its two sides; else a longer straight line. */
function onFoot(here: PackPlace, there: PackPlace): number {
  const direct = distanceBetween(here, there);
  if (here.round !== there.round || here.along_m === null || there.along_m === null) return Math.round(direct * ELSEWHERE);
  const along = Math.min(Math.abs(here.along_m - there.along_m), BEND * direct);
  return Math.round(here.side === there.side ? Math.max(direct, along) : along + Math.sqrt(Math.max(direct ** 2 - along ** 2, 0)));
}

const byRef = (a: PackPlace, b: PackPlace) => Number(a.ref > b.ref) - Number(a.ref < b.ref);
