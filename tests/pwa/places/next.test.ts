import { distanceBetween, nearestFirst } from "@/places/distance";
import { nextDoor } from "@/places/next";
import { progress } from "@/places/rounds";
import { roundsOf } from "@/places/tour";
import type { PackPlace } from "@/places/types";
import { byStreet } from "@/places/words";
import table from "../../walking.json";

const UNSAID = {
  kind: "premises", state: "vacant", lon: 0, lat: 47, side: null, along_m: null,
  number: null, street: null, near_street: null, name: null, title: "", short: "", hint: "", stance_label: null, left: null, right: null, plan: null,
  participants: 0, supply: [],
};

const towns = table.towns as unknown as Record<string, Partial<PackPlace>[]>;
const placesOf = (town: string) => towns[town]!.map((fields) => ({ ...UNSAID, ...fields }) as PackPlace);

test.each(table.cases)("the next door: $name", ({ town, here, answered, next, progress: wanted }) => {
  const places = placesOf(town);
  const found = nextDoor(places, here, new Set(answered));
  const done = progress(places, here, new Set(answered));
  expect(found ? [found.place.ref, found.where, found.metres] : null).toEqual(next);
  expect(done ? [done.round, done.done, done.total, done.finished] : null).toEqual(wanted);
});

test.each(table.minutes)("how long a round takes: $name", ({ town, round: name, answered, minutes }) => {
  const round = roundsOf(placesOf(town), new Set(answered)).find((one) => one.name === name);
  expect(round?.minutes).toBe(minutes);
});

test("a place that the pack does not know leads nowhere", () => {
  expect(nextDoor(placesOf("street"), "gone", new Set())).toBeUndefined();
  expect(progress(placesOf("street"), "gone", new Set())).toBeUndefined();
});

const door = (ref: string, number: string, step: number | null): PackPlace => ({ ...UNSAID, ref, number, street: "Rue A", round: step === null ? null : "Rue A", step });

test("without a walking order numbers sort as a person counts them", () => {
  const order = [door("c", "12 bis", null), door("b", "12", null), door("a", "8", null)].sort(byStreet);
  expect(order.map(({ number }) => number)).toEqual(["8", "12", "12 bis"]);
});

test("a street is listed as it is walked: up one side and back down the other", () => {
  const order = [door("d", "2", 3), door("a", "1", 0), door("c", "4", 2), door("b", "3", 1)].sort(byStreet);
  expect(order.map(({ number }) => number)).toEqual(["1", "3", "4", "2"]);
});

test("a degree of latitude is 111 km, and of longitude two thirds of it at Nantes", () => {
  expect(distanceBetween({ lon: 0, lat: 47 }, { lon: 0, lat: 48 })).toBeCloseTo(111_195, -1);
  expect(distanceBetween({ lon: -1.56, lat: 47.21 }, { lon: -1.55, lat: 47.21 })).toBeCloseTo(755.4, 0);
});

test("nearest first keeps the order of equals", () => {
  const sorted = nearestFirst({ lon: 0, lat: 0 }, [{ lon: 2, lat: 0, n: 1 }, { lon: 1, lat: 0, n: 2 }, { lon: -1, lat: 0, n: 3 }]);
  expect(sorted.map(({ place }) => place.n)).toEqual([2, 3, 1]);
});
