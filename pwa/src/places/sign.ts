/** A shop's name as its drawn sign bears it: no article, capitals, shortened at a word where the board is too short. */

/** Capitals that the smaller type fits on the board that is seen of a neighbour (`.f-sign--long`). */
const MOST = 11;
/** A sign does not end on « DE » or « ET ». */
const LEAST = 4;

/** « la pharmacie » → « PHARMACIE », « Coiffure Perrine » → « COIFFURE… »; `sign` of web/signs.py says the same. */
export function signOf(name: string): string {
  const bare = name.replace(/^(?:l’|(?:le|la|les|une?|the|an?) )/i, "").toUpperCase();
  if (bare.length <= MOST) return bare;
  const words = bare.split(" ");
  while (words.length > 1 && (words.join(" ").length >= MOST || words.at(-1)!.length < LEAST)) words.pop();
  return words.join(" ").slice(0, MOST - 1) + "…";
}
