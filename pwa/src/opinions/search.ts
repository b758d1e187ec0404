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

/** Slips are forgiven only where nothing fits without: first in the label, then in a synonym. */
const SLIP = 4;

/**
 * By the label's beginning 0, by another word of it 1, by a synonym's beginning 2, by a word inside of one 3 (« pain »:
 * the baker before the bread machine), then slips; Infinity when nothing fits.
 */
export function rank(query: string, label: string, synonyms: string[]): number {
  const asked = fold(query);
  if (fold(label).startsWith(asked)) return 0;
  if (matches(query, [label])) return 1;
  if (synonyms.some((text) => fold(text).startsWith(asked))) return 2;
  if (matches(query, [label, ...synonyms])) return 3;
  if (matches(query, [label], true)) return SLIP;
  return synonyms.some((text) => matches(query, [fold(text).split(" ")[0]!], true)) ? SLIP + 1 : Infinity;
}

/** Of several ranks those to show: all that fit, else only the best of the slips. */
export function shown(ranks: number[]): (at: number) => boolean {
  const best = Math.min(...ranks);
  return (at) => at < SLIP || (at < Infinity && at === best);
}

/** One letter missing, too many, wrong, or changed with its neighbour. */
function nearlyBegins(asked: string, word: string): boolean {
  let same = 0;
  while (same < asked.length && asked[same] === word[same]) same += 1;
  const [typed, meant] = [asked.slice(same), word.slice(same)];
  const swapped = typed.length > 1 && meant[0] === typed[1] && meant[1] === typed[0] && meant.slice(2).startsWith(typed.slice(2));
  return swapped || meant.slice(1).startsWith(typed) || meant.startsWith(typed.slice(1)) || meant.slice(1).startsWith(typed.slice(1));
}
