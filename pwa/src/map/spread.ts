/** Keeps the numbers of neighbouring doors readable: pins that would lie on one another step aside, never far. */

export interface Spot {
  x: number;
  y: number;
}

/** A pin is 34 px wide, and its number stands in the middle of it. */
const APART = 30;
/** Further than this a pin would point at another door. */
const MOST = 18;
const ROUNDS = 6;

/** How many pixels each of `spots` (pixels of the screen) steps to the side, to the left below nought. */
export function stepsAside(spots: Spot[]): number[] {
  const aside = spots.map(() => 0);
  for (let round = 0; round < ROUNDS; round++) {
    for (let a = 0; a < spots.length; a++) for (let b = a + 1; b < spots.length; b++) part(spots, aside, a, b);
  }
  return aside.map((step) => Math.round(Math.max(-MOST, Math.min(MOST, step))));
}

function part(spots: Spot[], aside: number[], a: number, b: number): void {
  const dy = Math.abs(spots[a]!.y - spots[b]!.y);
  if (dy >= APART) return;
  const dx = spots[b]!.x + aside[b]! - spots[a]!.x - aside[a]!;
  const missing = Math.sqrt(APART ** 2 - dy ** 2) - Math.abs(dx);
  if (missing <= 0) return;
  const way = dx < 0 ? -1 : 1;
  aside[a]! -= (way * missing) / 2;
  aside[b]! += (way * missing) / 2;
}
