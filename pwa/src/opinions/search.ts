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

const FORGIVEN_FROM = 5;

/** True when each word of the query begins a word of the label or of a synonym; `forgiving` allows it one slip. */
export function matches(query: string, words: string[], forgiving = false): boolean {
  const known = words.flatMap((text) => fold(text).split(" "));
  const begins = (asked: string, word: string) => word.startsWith(asked) || (forgiving && asked.length >= FORGIVEN_FROM && nearlyBegins(asked, word));
  return fold(query).split(" ").every((asked) => known.some((word) => begins(asked, word)));
}

/** The rank of what fits only when a slip is forgiven. */
export const SLIP = 3;

/** By label 0, by a synonym that begins so 1, by any word of one 2 (« pain »: the baker before the bread machine); Infinity when nothing fits. */
export function rank(query: string, label: string, synonyms: string[]): number {
  if (matches(query, [label])) return 0;
  if (synonyms.some((text) => fold(text).startsWith(fold(query)))) return 1;
  if (matches(query, [label, ...synonyms])) return 2;
  return matches(query, [label, ...synonyms], true) ? SLIP : Infinity;
}

/** One letter missing, too many, wrong, or changed with its neighbour. */
function nearlyBegins(asked: string, word: string): boolean {
  let same = 0;
  while (same < asked.length && asked[same] === word[same]) same += 1;
  const [typed, meant] = [asked.slice(same), word.slice(same)];
  const swapped = typed.length > 1 && meant[0] === typed[1] && meant[1] === typed[0] && meant.slice(2).startsWith(typed.slice(2));
  return swapped || meant.slice(1).startsWith(typed) || meant.startsWith(typed.slice(1)) || meant.slice(1).startsWith(typed.slice(1));
}
