import { fold, matches } from "@/opinions/search";

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
