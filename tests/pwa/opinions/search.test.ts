import { fold, matches, rank, SLIP } from "@/opinions/search";

const BAKERY = ["Boulangerie, pâtisserie", "pain", "viennoiseries"];

test.each([
  ["pain", "a synonym"], ["PAT", "a beginning, whatever the case"], ["patisserie", "a word without its accents"],
  ["pâtiss boul", "several beginnings in any order"], ["", "an empty query"], ["  ", "spaces"],
])("« %s » finds the bakery: %s", (query) => {
  expect(matches(query, BAKERY)).toBe(true);
});

test.each(["vélo", "ain", "pain vélo"])("« %s » does not", (query) => {
  expect(matches(query, BAKERY)).toBe(false);
});

test("œ and accents are folded, punctuation is a space", () => {
  expect(fold("Œufs & crème-fraîche")).toBe("oeufs creme fraiche");
});

const FISHMONGER = ["Poissonnerie", "crustacés"];

test.each(["poison", "poissson", "pousson", "opisson", "poissonerie", "crustaces"])("« %s » finds the fishmonger, one slip forgiven", (query) => {
  expect(matches(query, FISHMONGER, true)).toBe(true);
});

test.each(["pois", "paus", "poule", "boison", "vélos"])("« %s » is not taken for a slip when it is short or another word", (query) => {
  expect(matches(query, ["Poussette", "Vin"], true)).toBe(false);
});

test("« pain » means the baker before the bread machine, and a shop by its name before both", () => {
  expect(rank("pain", "Pain d’épices", [])).toBe(0);
  expect(rank("pain", "Boulangerie", ["baguette", "pain"])).toBe(1);
  expect(rank("pain", "Électroménager", ["machine à pain", "grille-pain"])).toBe(2);
  expect(rank("poissson", "Poissonnerie", [])).toBe(SLIP);
  expect(rank("pain", "Librairie", ["roman"])).toBe(Infinity);
});
