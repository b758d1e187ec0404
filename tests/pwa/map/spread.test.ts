import { stepsAside } from "@/map/spread";

test("pins with room between them stay where they are", () => {
  expect(stepsAside([{ x: 0, y: 0 }, { x: 60, y: 0 }, { x: 0, y: 60 }])).toEqual([0, 0, 0]);
});

test("two pins on one another step apart, each to its own side", () => {
  expect(stepsAside([{ x: 10, y: 0 }, { x: 0, y: 0 }])).toEqual([10, -10]);
});

test("no pin goes so far that it would point at another door", () => {
  const crowd = Array.from({ length: 6 }, () => ({ x: 0, y: 0 }));
  expect(Math.max(...stepsAside(crowd).map(Math.abs))).toBeLessThanOrEqual(18);
});
