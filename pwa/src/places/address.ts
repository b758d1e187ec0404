/** A point in words and words as a point: the nearest known address, and the point of a street and number. Pure. */
import { CELL_M, cellOf } from "@/places/cells";
import { distanceBetween, type Point } from "@/places/distance";
import { fold } from "@/opinions/search";
import { pointAt, type Street } from "@/places/search";
import type { PackPlace } from "@/places/types";

/** Where somebody points: the number is empty where none is near. */
export interface Spot extends Point {
  street: string;
  number: string;
}

/** Beyond this an address would name another corner. */
const NEAR_M = 60;
/** Spots nearer than this may be one and the same wish: joining is offered first. */
export const JOIN_M = 50;
const TYPES = /^(rue|avenue|boulevard|place|quai|allée|cours|passage|impasse|chemin|square|route|ruelle|cour|chaussée|esplanade|pont|sentier|venelle|montée|rampe|promenade) /i;

/** « 12, rue Crébillon », "12 Rue Crébillon", as the server's places/rules.py says it. */
export function addressInWords({ street, number }: Pick<Spot, "street" | "number">, lang: string): string {
  if (!number) return street;
  const [first = ""] = TYPES.exec(street) ?? [];
  return lang === "fr" ? `${number}, ${first.toLowerCase()}${street.slice(first.length)}` : `${number} ${street}`;
}

/**
 * The spot that stands for a point: the nearest number (without streets the nearest door of the list), else 25 m along
 * the street or on a grid, named by a number that is not far. Never the point itself: it may be where the person stands.
 */
export function spotAt(point: Point, streets: Street[], places: PackPlace[]): Spot {
  const known = streets.length > 0 ? streets.flatMap(addressesOf) : places.flatMap((place) => (place.street ? [{ lon: place.lon, lat: place.lat, street: place.street, number: place.number ?? "" }] : []));
  let best: Spot | undefined;
  let far = NEAR_M;
  for (const one of known) {
    const distance = distanceBetween(point, one);
    if (distance < far) [best, far] = [one, distance];
  }
  if (best && far <= CELL_M) return best;
  const cell = cellOf(point, streets);
  const named = !cell.street || cell.street === best?.street;
  return { ...cell, street: cell.street || (best?.street ?? ""), number: named ? (best?.number ?? "") : "" };
}

/** The doors of the list at this very address that are not let: whoever would report one is shown them first. */
export function listedAt(spot: Pick<Spot, "street" | "number">, places: PackPlace[]): PackPlace[] {
  if (!spot.street || !spot.number) return [];
  const at = (street: string, number: string) => `${fold(street.trim())}/${fold(number.trim())}`;
  const here = at(spot.street, spot.number);
  return places.filter(({ kind, state, street, number }) => kind === "premises" && state !== "occupied" && at(street ?? "", number ?? "") === here);
}

/** As the server judges it; `bounds` are west, south, east, north. */
export function isInside([west, south, east, north]: readonly [number, number, number, number], { lon, lat }: Point): boolean {
  return west <= lon && lon <= east && south <= lat && lat <= north;
}

function addressesOf({ name, numbers }: Street): Spot[] {
  return Object.entries(numbers).map(([number, [lon, lat]]) => ({ lon, lat, street: name, number }));
}

/** The streets one may choose from: the town's, or while they are not on the phone those of the doors. */
export function streetsToChoose(streets: Street[], places: PackPlace[]): Street[] {
  if (streets.length > 0) return streets;
  const known = new Map<string, Street>();
  for (const { street, number, lon, lat } of places) {
    if (!street) continue;
    const one = known.get(street) ?? { name: street, rank: "minor", lines: [[[lon, lat]]], numbers: {} };
    if (number) one.numbers[number] = [lon, lat];
    known.set(street, one);
  }
  return [...known.values()].sort((a, b) => a.name.localeCompare(b.name, "fr"));
}

/** The point of a street and a number: the number itself or the nearest known one, of which the words then tell. */
export function spotOf(street: Street, number: string): Spot | undefined {
  const found = pointAt(street, number);
  return found && { ...found.point, street: street.name, number: found.number };
}
