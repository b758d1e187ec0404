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
