/** Distances on the ground between points that a person can walk. */

export interface Point {
  lon: number;
  lat: number;
}

const RADIANS = Math.PI / 180;
/** Of latitude: the very number of server/devanture/streets/rules.py, for both lay cells of 25 m by it. */
export const METRES_PER_DEGREE = 111_195;

/** Metres between two points, on a plane that touches the Earth between them: under 0.1 % off below 50 km. */
export function distanceBetween(a: Point, b: Point): number {
  const east = (b.lon - a.lon) * Math.cos(((a.lat + b.lat) / 2) * RADIANS);
  const north = b.lat - a.lat;
  return Math.hypot(east, north) * METRES_PER_DEGREE;
}

/** Nearest first; equal distances keep their order. */
export function nearestFirst<T extends Point>(from: Point, places: T[]): { place: T; distance: number }[] {
  return places.map((place) => ({ place, distance: distanceBetween(from, place) })).sort((a, b) => a.distance - b.distance);
}
