import { fold } from "@/opinions/search";
import { asked, findPlaces, findStreet, pointAt, slips, type Street } from "@/places/search";
import { place } from "./place";

const doors = [
  place("c8", { street: "Rue Crébillon", number: "8", left: "Boulangerie Cadou", right: "Pharmacie Quélennec" }),
  place("c12", { street: "Rue Crébillon", number: "12", name: "ancienne maroquinerie" }),
  place("c12b", { street: "Rue Crébillon", number: "12 bis" }),
  place("f12", { street: "Quai de la Fosse", number: "12" }),
  place("s1", { kind: "site", name: "Place Viarme", title: "Place Viarme" }),
];
const scribe: Street = { name: "Rue Scribe", rank: "minor", lines: [[[-1.56, 47.21], [-1.561, 47.21]]], numbers: { "3": [-1.56, 47.2101], "9": [-1.5602, 47.2102] } };
const refs = (query: string, streets: Street[] = []) => findPlaces(query, doors, streets).places.map(({ ref }) => ref);

test.each([
  ["crebillon", ["c8", "c12", "c12b"]],
  ["crebilon", ["c8", "c12", "c12b"]],
  ["CRÉBLILON", ["c8", "c12", "c12b"]],
  ["12 rue crebillon", ["c12", "c12b"]],
  ["crebilon 12", ["c12", "c12b"]],
  ["crébillon 12bis", ["c12b"]],
  ["12", ["c12", "f12", "c12b"]],
  ["pharmacie", ["c8"]],
  ["farmacie", ["c8"]],
  ["maroquinerie", ["c12"]],
  ["quai de la fosse", ["f12"]],
  ["viarme", ["s1"]],
  ["rue", ["c8", "c12", "c12b"]],
  ["xyzzy", []],
  ["", []],
])("« %s » finds its doors", (query, found) => {
  expect(refs(query)).toEqual(found);
});

test("a number where no shop is empty leads to the nearest doors, once the streets are known", () => {
  expect(findPlaces("9 rue scribe", doors).address).toBeUndefined();
  const { places, address } = findPlaces("9 rue scribe", doors, [scribe]);
  expect(places).toEqual([]);
  expect(address).toMatchObject({ street: "Rue Scribe", number: "9" });
  expect(address?.doors.map(({ place: { ref } }) => ref)).toEqual(["c8", "c12", "c12b"]);
});

test("a street without an empty door leads to those around it", () => {
  expect(findPlaces("scribe", doors, [scribe]).address).toMatchObject({ street: "Rue Scribe", number: "" });
});

test("the nearest known number stands in for one that nobody knows", () => {
  expect(pointAt(scribe, "8")?.number).toBe("9");
  expect(pointAt(scribe, "3")).toEqual({ point: { lon: -1.56, lat: 47.2101 }, number: "3" });
  expect(pointAt({ ...scribe, numbers: {}, lines: [] }, "8")).toBeUndefined();
});

const fosseStreets: Street[] = [
  { name: "Rue de la Fosse", rank: "minor", lines: [], numbers: { "3": [-1.56, 47.21], "12": [-1.5601, 47.21] } },
  { name: "Quai de la Fosse", rank: "minor", lines: [], numbers: { "12": [-1.561, 47.21] } },
  { name: "Rue des Roses", rank: "minor", lines: [[[-1.6, 47.3], [-1.6, 47.31]]], numbers: { "3": [-1.6, 47.3] } },
];
const fosseDoors = [place("r3", { street: "Rue de la Fosse", number: "3" }), place("q12", { street: "Quai de la Fosse", number: "12" }), place("q12b", { street: "Quai de la Fosse", number: "12 bis" })];

test.each([
  ["12 quai fosse", ["q12", "q12b"]],
  ["fose 3", ["r3"]],
  ["3 r fosse", ["r3"]],
  ["12 fosse", ["q12", "q12b"]],
])("« %s » never denies a door that stands in the list", (query, refs) => {
  const { places, address } = findPlaces(query, fosseDoors, fosseStreets);
  expect(address).toBeUndefined();
  expect(places.map(({ ref }) => ref)).toEqual(refs);
});

test("the type of a street counts: « 12 rue de la Fosse » is not on the quay, and an exact street is no slip of another", () => {
  expect(findPlaces("12 rue de la fosse", fosseDoors, fosseStreets)).toMatchObject({ places: [], address: { street: "Rue de la Fosse", number: "12" } });
  expect(findPlaces("rue des roses", fosseDoors, fosseStreets).address?.street).toBe("Rue des Roses");
});

const meant = (query: string, names: string[]) => {
  const { street, others } = findStreet(query, names.map((name) => ({ name, rank: "minor", lines: [], numbers: {} })));
  return [street?.name, others.map(({ name }) => name)];
};
const NAMES = [
  "Rue de la Fosse", "Quai de la Fosse", "Rue des Roses", "Rue Crébillon", "Rue Crébillon Haute", "Rue Léon Maître", "Rue Bias", "Rue Portail", "Rue Basse Porte", "Rue Rubens",
];

test.each([
  ["quai fose", "Quai de la Fosse"],
  ["rue rozes", "Rue des Roses"],
  ["bias", "Rue Bias"],
  ["rue crebillon", "Rue Crébillon"],
  ["r. leon maitre", "Rue Léon Maître"],
  ["ru", "Rue Rubens"],
])("the street field takes « %s » for %s alone", (query, name) => {
  expect(meant(query, NAMES)).toEqual([name, []]);
});

test.each([
  ["place de la fosse", ["Rue de la Fosse", "Quai de la Fosse"]],
  ["fosse", ["Rue de la Fosse", "Quai de la Fosse"]],
  ["boulevard crebillon", ["Rue Crébillon", "Rue Crébillon Haute"]],
  ["place rubens", ["Rue Rubens"]],
  ["rue rosse", ["Rue des Roses", "Rue de la Fosse"]],
  ["fort", ["Rue Portail", "Rue Basse Porte"]],
  ["rue du 8 mai", []],
  ["3 rue bias", []],
  ["rue voltaire", []],
  ["rue", []],
  ["de la", []],
  ["", []],
])("the street field never guesses what « %s » means, but asks", (query, others) => {
  expect(meant(query, NAMES)).toEqual([undefined, others]);
});

test("a number may be part of a street’s name", () => {
  expect(meant("rue du 8 mai", ["Rue du 8 Mai 1945", "Rue du 11 Novembre"])).toEqual(["Rue du 8 Mai 1945", []]);
});

test("a number, its suffix and the telling words are read apart", () => {
  expect(asked("3bis, quai de la Fosse")).toEqual({ words: ["fosse"], types: ["quai"], number: "3 bis", bare: false });
  expect(asked("rue")).toEqual({ words: ["rue"], types: [], number: "", bare: false });
});

test.each([["crebilon", "crebillon", 1], ["crebil", "crebillon", 0], ["rceb", "crebillon", 1], ["phramacie", "pharmacie", 1], ["abc", "xyz", 3]])("%s against %s: %i slips", (typed, known, count) => {
  expect(slips(fold(typed), fold(known))).toBe(count);
});
