import { fold, matches, rank, shown } from "@/opinions/search";

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

const KINDS: [string, string[]][] = [
  ["Boulangerie", ["baguette", "pain"]],
  ["Électroménager", ["machine à pain", "grille-pain"]],
  ["Garage à vélos", ["vélo"]],
  ["Vélos", ["cycles"]],
  ["Coiffeur, barbier", ["coupe", "cheveux"]],
  ["Parfumerie", ["coiffeur", "magasin de coiffure"]],
  ["Poissonnerie", ["poisson"]],
  ["Friperie", ["vintage"]],
  ["Cave à vins", ["caviste"]],
  ["Bar", ["bar à vin"]],
  ["Fablab", ["bricolage partagé"]],
  ["Quincaillerie, bricolage", ["outils"]],
];

function found(query: string): string[] {
  const ranked = KINDS.map(([label, synonyms]) => ({ label, at: rank(query, label, synonyms) }));
  const fits = shown(ranked.map(({ at }) => at));
  return ranked.filter(({ at }) => fits(at)).sort((a, b) => a.at - b.at).map(({ label }) => label);
}

test.each([
  ["pain", ["Boulangerie", "Électroménager"]],
  ["vin", ["Cave à vins", "Friperie", "Bar"]],
  ["bricolage", ["Quincaillerie, bricolage", "Fablab"]],
  ["machine", ["Électroménager"]],
  ["grille", ["Électroménager"]],
  ["velo", ["Vélos", "Garage à vélos"]],
  ["coifeur", ["Coiffeur, barbier"]],
  ["poissson", ["Poissonnerie"]],
  ["roman", []],
])("« %s » finds what it names, and no more", (query, labels) => {
  expect(found(query)).toEqual(labels);
});
