/** Finding an activity by any of its words, accents and case forgiven. */

/** « Pâtisserie-Œufs » → "patisserie oeufs". */
export function fold(text: string): string {
  return text
    .toLowerCase()
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/œ/g, "oe")
    .replace(/æ/g, "ae")
    .replace(/[^a-z0-9]+/g, " ")
    .trim();
}

/** True when each word of the query begins a word of the label or of a synonym. */
export function matches(query: string, words: string[]): boolean {
  const known = words.flatMap((text) => fold(text).split(" "));
  return fold(query).split(" ").every((asked) => known.some((word) => word.startsWith(asked)));
}
