import { expect, test } from "vitest";
import { hasMoved } from "@/places/position";

const METRE = 1 / 111_195;
const HERE = { lon: -1.56, lat: 47.21, accuracy: 20 };
const off = (metres: number, accuracy = 20) => ({ lon: HERE.lon, lat: HERE.lat + metres * METRE, accuracy });

test("lists stay under the thumb while the position only trembles", () => {
  expect(hasMoved(HERE, off(9))).toBe(false);
  expect(hasMoved(HERE, off(9, 60))).toBe(false);
});

test("a few steps, a first position or a much surer one sort them again", () => {
  expect(hasMoved(undefined, HERE)).toBe(true);
  expect(hasMoved(HERE, off(15))).toBe(true);
  expect(hasMoved(HERE, off(2, 8))).toBe(true);
});
