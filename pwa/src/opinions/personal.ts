/** What in a free text could name somebody: pointed out before it is sent, never refused (TRUST.md). Pure. */

export type Personal = "mail" | "phone" | "iban" | "plate";

const PATTERNS: [Personal, RegExp][] = [
  ["mail", /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/],
  ["iban", /\b[A-Z]{2}\d{2}(?:[ ]?[A-Z0-9]{4}){2,7}(?:[ ]?[A-Z0-9]{1,3})?\b/i],
  ["phone", /(?:(?:\+|\b00)\d{1,3}[ .-]?(?:\(0\))?[ .-]?|\b0)[1-9](?:[ .-]?\d{2}){3,4}\b/],
  // French since 2009, and Geneva's as its neighbours see them.
  ["plate", /\b[A-HJ-NP-TV-Z]{2}[ -]?\d{3}[ -]?[A-HJ-NP-TV-Z]{2}\b|\bGE[ -]?\d{3,6}\b/i],
];

/** Kinds found, each once; « 12 avenue de la Paix, 44000 » holds none. */
export function personalIn(text: string): Personal[] {
  return PATTERNS.filter(([, pattern]) => pattern.test(text)).map(([kind]) => kind);
}
