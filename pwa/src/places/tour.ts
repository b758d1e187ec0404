/** Doors gathered into rounds, and one round's drawing: the twin of server/devanture/processes/rounds.py. Pure. */
import { distanceBetween, type Point } from "@/places/distance";
import { isVacant } from "@/places/next";
import type { PackPlace } from "@/places/types";
import { byStreet, streetOf } from "@/places/words";

export interface Round extends Point {
  name: string;
  /** In walking order. */
  places: PackPlace[];
  done: number;
  /** Vacant, or answered before they were let. */
  total: number;
  left: number;
  minutes: number;
}

export interface Mark {
  place: PackPlace;
  x: number;
  top: boolean;
  kind: "done" | "next" | "open" | "shut";
}

/** Those of server/devanture/streets/rules.py, by which rounds are cut; tests/walking.json holds both. */
const METRES_A_MINUTE = 75;
const MINUTES_A_DOOR = 0.5;
export const STRIP_PX = 354;
const STRIP_EDGE_PX = 26;
const STRIP_GAP_PX = 40;

export function roundsOf(places: PackPlace[], answered: Set<string>): Round[] {
  const rounds = new Map<string, PackPlace[]>();
  for (const place of [...places].sort(byStreet)) {
    if (place.kind !== "premises") continue;
    rounds.set(streetOf(place), [...(rounds.get(streetOf(place)) ?? []), place]);
  }
  return [...rounds].map(([name, all]) => roundOf(name, all, answered));
}

function roundOf(name: string, places: PackPlace[], answered: Set<string>): Round {
  const left = places.filter((place) => isOpen(place, answered));
  const mean = (values: number[]) => values.reduce((sum, one) => sum + one, 0) / values.length;
  return {
    name,
    places,
    done: places.filter(({ ref }) => answered.has(ref)).length,
    total: places.filter((place) => isVacant(place) || answered.has(place.ref)).length,
    left: left.length,
    minutes: minutesOf(left),
    lon: mean(places.map(({ lon }) => lon)),
    lat: mean(places.map(({ lat }) => lat)),
  };
}

const isOpen = (place: PackPlace, answered: Set<string>) => isVacant(place) && !answered.has(place.ref);

/** On foot from door to door, and two taps at each. */
function minutesOf(left: PackPlace[]): number {
  const walked = left.slice(1).reduce((sum, door, i) => sum + distanceBetween(left[i]!, door), 0);
  return Math.ceil(walked / METRES_A_MINUTE + MINUTES_A_DOOR * left.length);
}

/** The next open door in walking order after the one answered last, round over the start. */
export function nextOf({ places }: Round, answered: Set<string>, last: string | undefined): PackPlace | undefined {
  const turn = places.findIndex(({ ref }) => ref === last) + 1;
  return [...places.slice(turn), ...places.slice(0, turn)].find((place) => isOpen(place, answered));
}

/** The nearest other round in which something is left. */
export function nextRound(rounds: Round[], done: Round): Round | undefined {
  const last = done.places.at(-1)!;
  const far = (round: Round) => Math.min(...round.places.map((door) => distanceBetween(last, door)));
  return rounds.filter(({ name, left }) => name !== done.name && left > 0).sort((a, b) => far(a) - far(b))[0];
}

export function strip({ places }: Round, answered: Set<string>, next: PackPlace | undefined): Mark[] {
  const kind = (place: PackPlace) => (answered.has(place.ref) ? "done" : place === next ? "next" : isVacant(place) ? "open" : "shut");
  return [true, false].flatMap((top) => {
    const side = places.filter((place) => (place.side !== "right") === top);
    const along = spread(alongOf(side, places));
    return side.map((place, i) => ({ place, x: along[i]!, top, kind: kind(place) }) satisfies Mark);
  });
}

function alongOf(side: PackPlace[], all: PackPlace[]): number[] {
  const wide = STRIP_PX - 2 * STRIP_EDGE_PX;
  const known = all.map(({ along_m }) => along_m).filter((metres) => metres !== null);
  const [low, high] = known.length > 0 ? [Math.min(...known), Math.max(...known)] : [0, 0];
  if (high - low < 1) return side.map((_place, turn) => STRIP_EDGE_PX + (wide * (turn + 0.5)) / Math.max(1, side.length));
  return side.map(({ along_m }) => STRIP_EDGE_PX + (wide * ((along_m ?? low) - low)) / (high - low));
}

/** Moved apart so that no two tiles touch, each as near to where it stands as that allows; the order stays. */
export function spread(wanted: number[]): number[] {
  const gap = Math.min(STRIP_GAP_PX, (STRIP_PX - 2 * STRIP_EDGE_PX) / Math.max(1, wanted.length - 1));
  const turns = wanted.map((_x, turn) => turn).sort((a, b) => wanted[a]! - wanted[b]! || a - b);
  const placed = turns.map((turn) => wanted[turn]!);
  for (let i = 1; i < placed.length; i += 1) placed[i] = Math.max(placed[i]!, placed[i - 1]! + gap);
  let limit = STRIP_PX - STRIP_EDGE_PX;
  for (let i = placed.length - 1; i >= 0; i -= 1) {
    limit = placed[i] = Math.min(placed[i]!, limit);
    limit -= gap;
  }
  return wanted.map((_x, turn) => Math.round(placed[turns.indexOf(turn)]! * 10) / 10);
}
