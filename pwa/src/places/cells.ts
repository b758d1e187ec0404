/** The point that stands for another, as the server's spots/rules.py rounds it: to 25 m along its street, or on a grid. Pure. */
import { METRES_PER_DEGREE, type Point } from "@/places/distance";
import type { Street } from "@/places/search";

type Position = [number, number];

interface Foot extends Point {
  far: number;
}

export const CELL_M = 25;
/** A point further than this from every street is in no street. */
const STREET_M = 80;

/** The street is empty where none is near. */
export function cellOf(point: Point, streets: Street[]): Point & { street: string } {
  let street = "";
  let best: Foot | undefined;
  for (const { name, lines } of streets) {
    for (const line of lines) {
      const foot = footOn(line, point);
      if (foot && foot.far <= (best?.far ?? STREET_M)) [street, best] = [name, foot];
    }
  }
  const { lon, lat } = best ?? onGrid(point);
  return { lon, lat, street };
}

const wideAt = (lat: number) => METRES_PER_DEGREE * Math.cos((lat * Math.PI) / 180);

/** Cells of one length divide a line from end to end, about 25 m each; the point falls where two of them meet. */
function footOn(line: Position[], { lon, lat }: Point): Foot | undefined {
  const [first] = line;
  if (!first) return undefined;
  const wide = wideAt(first[1]);
  const flat = line.map(([x, y]): Position => [x * wide, y * METRES_PER_DEGREE]);
  const { along, far, length } = project(flat, [lon * wide, lat * METRES_PER_DEGREE]);
  const cell = length / Math.max(1, Math.round(length / CELL_M));
  const [x, y] = pointAlong(flat, cell ? Math.round(along / cell) * cell : 0);
  return { lon: x / wide, lat: y / METRES_PER_DEGREE, far };
}

function project(flat: Position[], here: Position): { along: number; far: number; length: number } {
  let [along, far, length] = [0, away(here, flat[0]!), 0];
  for (let i = 1; i < flat.length; i += 1) {
    const [a, b] = [flat[i - 1]!, flat[i]!];
    const step = away(a, b);
    const part = step ? Math.min(1, Math.max(0, ((here[0] - a[0]) * (b[0] - a[0]) + (here[1] - a[1]) * (b[1] - a[1])) / step ** 2)) : 0;
    const off = away(here, between(a, b, part));
    if (off < far) [far, along] = [off, length + part * step];
    length += step;
  }
  return { along, far, length };
}

function pointAlong(flat: Position[], metres: number): Position {
  let left = metres;
  for (let i = 1; i < flat.length; i += 1) {
    const step = away(flat[i - 1]!, flat[i]!);
    if (left <= step) return between(flat[i - 1]!, flat[i]!, step ? left / step : 0);
    left -= step;
  }
  return flat.at(-1)!;
}

const away = (a: Position, b: Position) => Math.hypot(b[0] - a[0], b[1] - a[1]);
const between = (a: Position, b: Position, part: number): Position => [a[0] + part * (b[0] - a[0]), a[1] + part * (b[1] - a[1])];

/** A row at a time, for degrees of longitude shrink northwards. */
function onGrid(point: Point): Point {
  const lat = (Math.round((point.lat * METRES_PER_DEGREE) / CELL_M) * CELL_M) / METRES_PER_DEGREE;
  return { lon: (Math.round((point.lon * wideAt(lat)) / CELL_M) * CELL_M) / wideAt(lat), lat };
}
