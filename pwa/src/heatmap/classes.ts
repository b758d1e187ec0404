/** Five classes for a set of counts: few, readable, and rounded so that a legend can be said aloud. */

export const CLASSES = 5;

/**
 * The lower bounds of up to five classes over positive counts, rising, the first one at or below the lowest.
 * Steps widen upwards, since most places have few answers and a few have many: equal steps would leave all but
 * the busiest pale, and equal shares would part counts that are nearly the same.
 */
export function breaksOf(counts: number[]): number[] {
  const shown = counts.filter((count) => count > 0);
  if (shown.length === 0) return [];
  const [low, high] = [Math.min(...shown), Math.max(...shown)];
  const bounds = Array.from({ length: CLASSES }, (_unused, i) => readable(low + (high - low) * (i / CLASSES) ** 1.4));
  return bounds.filter((bound, i) => i === 0 || bound > bounds[i - 1]!);
}

/** Rounded down to what can be said: 37 → 35, 143 → 140, 1 290 → 1 200; below ten to a whole number. */
function readable(count: number): number {
  if (count < 10) return Math.floor(count);
  const step = count < 100 ? 5 : 10 ** Math.floor(Math.log10(count) - 1);
  return Math.floor(count / step) * step;
}

/** The colours of `breaks` classes, spread over the ramp so that the highest class is always the strongest. */
export function coloursFor(breaks: number[], ramp: string[]): string[] {
  if (breaks.length < 2) return ramp.slice(ramp.length - breaks.length);
  return breaks.map((_bound, i) => ramp[Math.round((i * (ramp.length - 1)) / (breaks.length - 1))]!);
}

/** « 5 », « 12 », … « 60 + »: the words under the legend's steps. */
export function legendWords(breaks: number[], write: (count: number) => string): string[] {
  return breaks.map((bound, i) => (i === breaks.length - 1 ? `${write(bound)}\u202f+` : write(bound)));
}
