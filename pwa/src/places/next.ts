/** The next door, as the server chooses it: on along the same street, then the nearest elsewhere. */
import { distanceBetween, nearestFirst } from "@/places/distance";
import type { PackPlace } from "@/places/types";
import { byStreet } from "@/places/words";

export interface Next {
  place: PackPlace;
  distance: number;
}

export function nextPlace(places: PackPlace[], from: string, answered: Set<string>): Next | undefined {
  const here = places.find(({ ref }) => ref === from);
  if (!here) return undefined;
  const open = places.filter(({ ref, state }) => ref !== from && /^(vacant|open)$/.test(state) && !answered.has(ref));
  const onward = open.filter((place) => here.street && place.street === here.street && byStreet(place, here) > 0);
  const along = onward.sort(byStreet)[0];
  return along ? { place: along, distance: distanceBetween(here, along) } : nearestFirst(here, open)[0];
}
