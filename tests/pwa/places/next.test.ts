import { distanceBetween, nearestFirst } from "@/places/distance";
import { nextPlace } from "@/places/next";
import type { PackPlace } from "@/places/types";
import { byStreet } from "@/places/words";

function door(ref: string, street: string | null, number: string | null, lon: number, state = "vacant"): PackPlace {
  return {
    ref, kind: "premises", state, number, street, near_street: null, name: null, title: ref, short: number ?? "", hint: "", lon, lat: 47.21,
    stance_label: null, left: null, right: null, plan: null, participants: 0, supply: [],
  };
}

const doors = [
  door("scribe-1", "Rue Scribe", "1", -1.5601), door("crebillon-8", "Rue Crébillon", "8", -1.56), door("crebillon-12", "Rue Crébillon", "12", -1.563),
  door("crebillon-26", "Rue Crébillon", "26", -1.57), door("crebillon-14", "Rue Crébillon", "14", -1.564, "occupied"),
];

test("the next door is on along the same street, even when another is nearer", () => {
  expect(nextPlace(doors, "crebillon-8", new Set())?.place.ref).toBe("crebillon-12");
});

test("answered and occupied doors are passed by", () => {
  expect(nextPlace(doors, "crebillon-8", new Set(["crebillon-12"]))?.place.ref).toBe("crebillon-26");
});

test("at the end of the street the nearest elsewhere comes, with its distance", () => {
  const next = nextPlace(doors, "crebillon-26", new Set(["crebillon-12", "crebillon-8"]));
  expect(next?.place.ref).toBe("scribe-1");
  expect(next?.distance).toBeCloseTo(747.9, 0);
});

test("nothing is left when all is answered", () => {
  expect(nextPlace(doors.slice(0, 1), "scribe-1", new Set())).toBeUndefined();
});

test("numbers sort as a person counts them", () => {
  const order = [door("c", "A", "12 bis", 0), door("b", "A", "12", 0), door("a", "A", "8", 0)].sort(byStreet);
  expect(order.map(({ number }) => number)).toEqual(["8", "12", "12 bis"]);
});

test("a degree of latitude is 111 km, and of longitude two thirds of it at Nantes", () => {
  expect(distanceBetween({ lon: 0, lat: 47 }, { lon: 0, lat: 48 })).toBeCloseTo(111_195, -1);
  expect(distanceBetween({ lon: -1.56, lat: 47.21 }, { lon: -1.55, lat: 47.21 })).toBeCloseTo(755.4, 0);
});

test("nearest first keeps the order of equals", () => {
  const sorted = nearestFirst({ lon: 0, lat: 0 }, [{ lon: 2, lat: 0, n: 1 }, { lon: 1, lat: 0, n: 2 }, { lon: -1, lat: 0, n: 3 }]);
  expect(sorted.map(({ place }) => place.n)).toEqual([2, 3, 1]);
});
