import { addressInWords, listedAt, spotAt, spotOf, streetsToChoose } from "@/places/address";
import { distanceBetween, METRES_PER_DEGREE } from "@/places/distance";
import type { Street } from "@/places/search";
import { place } from "./place";

const street: Street = { name: "Rue Scribe", rank: "minor", lines: [[[-1.56, 47.21]]], numbers: { "3": [-1.56, 47.2101], "9": [-1.5602, 47.2102] } };

test("an address is said as the server says it", () => {
  expect(addressInWords({ street: "Rue Crébillon", number: "12" }, "fr")).toBe("12, rue Crébillon");
  expect(addressInWords({ street: "Rue Crébillon", number: "12" }, "en")).toBe("12 Rue Crébillon");
  expect(addressInWords({ street: "La Croisière", number: "3" }, "fr")).toBe("3, La Croisière");
  expect(addressInWords({ street: "Rue Crébillon", number: "" }, "fr")).toBe("Rue Crébillon");
});

test("a point becomes that of the nearest number, whose name it takes", () => {
  expect(spotAt({ lon: -1.5601, lat: 47.21 }, [street], [])).toEqual({ lon: -1.56, lat: 47.2101, street: "Rue Scribe", number: "3" });
});

test("where no number is near, a point is 25 m along its street or on a grid, and never itself", () => {
  const long: Street = { ...street, lines: [[[-1.56, 47.21], [-1.56, 47.21 + 500 / METRES_PER_DEGREE]]], numbers: {} };
  const here = { lon: -1.5601, lat: 47.21 + 106 / METRES_PER_DEGREE };
  const along = spotAt(here, [long], []);
  expect(along).toMatchObject({ street: "Rue Scribe", number: "" });
  expect(distanceBetween(along, { lon: -1.56, lat: 47.21 + 100 / METRES_PER_DEGREE })).toBeLessThan(0.2);
  expect(spotAt(here, [{ ...long, numbers: { "8": [-1.5601, here.lat + 30 / METRES_PER_DEGREE] } }], [])).toEqual({ ...along, number: "8" });
  expect(spotAt(here, [long, { ...street, name: "Rue B", lines: [], numbers: { "2": [-1.5605, here.lat] } }], [])).toEqual(along);
  const away = spotAt({ ...here, lon: -1.57 }, [long], []);
  expect(away).toMatchObject({ street: "", number: "" });
  expect(away).toEqual(spotAt({ lon: away.lon + 1e-5, lat: away.lat - 1e-5 }, [long], []));
});

test("without the town's streets those of the doors serve", () => {
  const doors = [place("a", { street: "Rue B", number: "2", lon: -1.5 }), place("b", { street: "Rue A", number: "4" }), place("c", { street: "Rue B" })];
  const known = streetsToChoose([], doors);
  expect(known.map(({ name }) => name)).toEqual(["Rue A", "Rue B"]);
  expect(spotOf(known[1]!, "3")).toMatchObject({ street: "Rue B", number: "2", lon: -1.5 });
  expect(streetsToChoose([street], doors)).toEqual([street]);
  expect(spotAt({ lon: -1.5, lat: 47.21 }, [], doors)).toMatchObject({ street: "Rue B", number: "2" });
});

test("a door of the list that is not let is known by its address, however it is written", () => {
  const door = place("a", { street: "Rue d’Orléans", number: "14" });
  const works = place("b", { street: "Rue d’Orléans", number: "14", state: "works" });
  const let_ = place("c", { street: "Rue d’Orléans", number: "14", state: "occupied" });
  const all = [door, works, let_, place("d"), place("e", { street: "Rue d’Orléans", number: "16" })];
  expect(listedAt({ street: "rue d’Orleans", number: "14 " }, all)).toEqual([door, works]);
  expect(listedAt({ street: "Rue d’Orléans", number: "15" }, all)).toEqual([]);
  expect(listedAt({ street: "", number: "" }, all)).toEqual([]);
});
