/** The same ground and the same cases as tests/server/spots/test_rules.py. */
import { cellOf } from "@/places/cells";
import { distanceBetween, METRES_PER_DEGREE, type Point } from "@/places/distance";
import type { Street } from "@/places/search";

const METRE = 1 / METRES_PER_DEGREE;
const at = (east: number, north: number): [number, number] => [-1.561 + (east * METRE) / Math.cos((47.213 * Math.PI) / 180), 47.213 + north * METRE];
const point = (east: number, north: number): Point => ({ lon: at(east, north)[0], lat: at(east, north)[1] });
const street = (name: string, ...line: [number, number][]): Street => ({ name, rank: "minor", lines: [line], numbers: {} });
const GROUND = [street("Rue Crébillon", at(0, 0), at(0, 500)), street("Place Royale", at(-200, 300), at(200, 300))];

test("a point is rounded to 25 m along its street", () => {
  for (const here of [point(6, 106), point(-9, 91), point(30, 100)]) {
    const cell = cellOf(here, GROUND);
    expect(cell.street).toBe("Rue Crébillon");
    expect(distanceBetween(cell, point(0, 100))).toBeLessThan(0.2);
  }
  expect(distanceBetween(cellOf(point(0, 114), GROUND), point(0, 125))).toBeLessThan(0.2);
  expect(cellOf(point(60, 301), GROUND).street).toBe("Place Royale");
});

test("away from every street, and where none is known, it falls on a grid", () => {
  for (const streets of [GROUND, []]) {
    const cell = cellOf(point(120, 100), streets);
    expect(cell.street).toBe("");
    expect(distanceBetween(cell, point(120, 100))).toBeLessThan(25 * Math.SQRT1_2 + 0.1);
    expect(cellOf({ lon: cell.lon + 1e-5, lat: cell.lat }, streets)).toEqual(cell);
  }
});

test("a crooked street is cut along its length, and one of a single point is a street too", () => {
  const crooked = street("Rue", at(0, 0), at(0, 50), at(50, 50));
  expect(distanceBetween(cellOf(point(27, 55), [crooked]), point(25, 50))).toBeLessThan(0.2);
  expect(distanceBetween(cellOf(point(5, 5), [street("Rue", at(0, 0))]), point(0, 0))).toBeLessThan(0.2);
});
