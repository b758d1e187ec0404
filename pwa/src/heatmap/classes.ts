/** Five classes for a set of counts: few, readable, and rounded so that a legend can be said aloud. */

export const CLASSES = 5;

/**
 * The lower bounds of up to five classes over positive counts, rising, the first one being the lowest count.
 * Quantiles, then rounded to 1, 2 or 5 times a power of ten where that keeps them apart.
 */
export function breaksOf(counts: number[]): number[] {
  const sorted = counts.filter((count) => count > 0).sort((a, b) => a - b);
  const lowest = sorted[0];
  if (lowest === undefined) return [];
  const quantiles = Array.from({ length: CLASSES - 1 }, (_unused, i) => sorted[Math.floor((sorted.length * (i + 1)) / CLASSES)]!);
  const breaks = [lowest];
  for (const quantile of quantiles) {
    const bound = readable(quantile);
    if (bound > breaks.at(-1)!) breaks.push(bound);
    else if (quantile > breaks.at(-1)!) breaks.push(quantile);
  }
  return breaks;
}

/** 37 → 35, 143 → 140: to two figures, the second one 0 or 5; below ten as it is. */
function readable(count: number): number {
  if (count < 10) return count;
  const step = 5 * 10 ** Math.max(0, Math.floor(Math.log10(count)) - 1);
  return Math.floor(count / step) * step;
}

/** The colours of `breaks` classes, spread over the ramp so that the highest class is always the darkest. */
export function coloursFor(breaks: number[], ramp: string[]): string[] {
  if (breaks.length < 2) return ramp.slice(ramp.length - breaks.length);
  return breaks.map((_bound, i) => ramp[Math.round((i * (ramp.length - 1)) / (breaks.length - 1))]!);
}

/** « 5 », « 12 », … « 60 + »: the words under the legend's steps. */
export function legendWords(breaks: number[], write: (count: number) => string): string[] {
  return breaks.map((bound, i) => (i === breaks.length - 1 ? `${write(bound)}\u202f+` : write(bound)));
}
