/** Finding a door without a position: by street and number, by name, with accents and slips forgiven. Pure. */
import { fold } from "@/opinions/search";
import { nearestFirst, type Point } from "@/places/distance";
import type { Near } from "@/places/standing";
import type { PackPlace } from "@/places/types";

/** A street of the town, vacant or not: « GET /api/v1/{p}/streets ». Coordinates are lon, lat. */
export interface Street {
  name: string;
  rank: string;
  lines: [number, number][][];
  numbers: Record<string, [number, number]>;
}

/** An address where no door of the list stands, and the doors near to it. */
export interface Address {
  street: string;
  number: string;
  doors: Near<PackPlace>[];
}

export interface Found {
  places: PackPlace[];
  address: Address | undefined;
}

const MOST_PLACES = 12;
const MOST_NEAR = 3;
const NEAR_M = 600;
/** Said by everyone and telling nothing. */
const SMALL = new Set("de du des d la le l les a au et the of near pres entre".split(" "));
/** What a street is: « quai de la Fosse » is not « rue de la Fosse ». Counted wherever something else tells the street. */
const TYPES = new Set("rue avenue boulevard place quai allee allees cours passage impasse chemin square route ruelle cour chaussee".split(" "));
const SHORT: Record<string, string> = { bd: "boulevard", bld: "boulevard", av: "avenue", ave: "avenue", pl: "place", che: "chemin", imp: "impasse", r: "rue" };
/** More than any slips: another type of street is shown only where the one typed is nowhere. */
const OTHER_TYPE = 10;
/** What fits worse than the best by this is noise beside it: a slip where another fits to the letter. */
const NOISE = 2;
/** « 12 » means 12 before 12 bis. */
const OTHER_SUFFIX = 0.25;
const SUFFIX = /^(bis|ter|quater|[a-d])$/;

interface Asked {
  words: string[];
  /** « rue », « quai »: whole, whatever was abbreviated. */
  types: string[];
  /** « 12 », « 3 bis », or empty. */
  number: string;
  /** Whether the words may also be the number's only company: nothing but a number was typed. */
  bare: boolean;
}

export function asked(query: string): Asked {
  const tokens = fold(query).replace(/(\d)([a-z])/g, "$1 $2").split(" ").filter(Boolean);
  const at = tokens.findIndex((token) => /^\d+$/.test(token));
  const suffix = at >= 0 && SUFFIX.test(tokens[at + 1] ?? "") ? 1 : 0;
  const number = at < 0 ? "" : tokens.slice(at, at + 1 + suffix).join(" ");
  const rest = at < 0 ? tokens : [...tokens.slice(0, at), ...tokens.slice(at + 1 + suffix)];
  const { spelled, telling, types } = sorted(rest);
  if (telling.length === 0 && !number) return { words: spelled.length > 0 ? spelled : rest, types: [], number, bare: rest.length === 0 };
  return { words: telling, types, number, bare: telling.length === 0 };
}

function sorted(tokens: string[]) {
  const spelled = tokens.map((token) => SHORT[token] ?? token).filter((token) => !SMALL.has(token));
  return { spelled, telling: spelled.filter((token) => !TYPES.has(token)), types: spelled.filter((token) => TYPES.has(token)) };
}

/** Doors that answer to every word typed, the best first; an address without a door only where it fits better than any. */
export function findPlaces(query: string, places: PackPlace[], streets: Street[] = []): Found {
  const wanted = asked(query);
  if (wanted.bare && !wanted.number) return { places: [], address: undefined };
  const scored = places.map((place) => ({ place, score: scoreOf(wanted, place) })).filter(({ score }) => score < Infinity);
  const best = Math.min(...scored.map(({ score }) => score));
  const address = addressOf(wanted, places, streets, best);
  if (address) return { places: [], address };
  const found = scored.filter(({ score }) => score < best + NOISE).sort((a, b) => a.score - b.score);
  return { places: found.slice(0, MOST_PLACES).map(({ place }) => place), address: undefined };
}

function scoreOf({ words, types, number }: Asked, place: PackPlace): number {
  if (number && !sameNumber(number, place.number)) return Infinity;
  const { street, near_street, name, title, hint, left, right } = place;
  const own = wordsOf([street, near_street, name]);
  const around = wordsOf([title, hint, left, right]);
  const suffix = number && foldedNumber(place.number) !== number ? OTHER_SUFFIX : 0;
  return suffix + typesOff(types, own) + sum(words.map((word) => Math.min(slipsTo(word, own), slipsTo(word, around) + 0.5)));
}

const typesOff = (types: string[], own: string[]) => (types.every((type) => own.includes(type)) ? 0 : OTHER_TYPE);
const foldedNumber = (number: string | null) => fold(number ?? "").replace(/(\d)([a-z])/g, "$1 $2");

/** « 12 » finds 12 and 12 bis; « 12 bis » finds 12 bis alone. */
function sameNumber(asked: string, number: string | null): boolean {
  const folded = foldedNumber(number);
  return folded === asked || (/^\d+$/.test(asked) && folded.split(" ")[0] === asked);
}

/** `best` is how well the best door fits: no address is named above a door that fits as well, or nearly. */
function addressOf(wanted: Asked, places: PackPlace[], streets: Street[], best: number): Address | undefined {
  const { words, types, number } = wanted;
  const doors = places.filter(({ kind }) => kind === "premises");
  const [found] = words.length > 0 ? fittingStreets(words, types, streets) : [];
  if (!found || found.score + 1 >= best) return undefined;
  const there = pointAt(found.street, number);
  if (!there) return undefined;
  const near = nearestFirst(there.point, doors).filter(({ distance }) => distance < NEAR_M).slice(0, MOST_NEAR);
  return { street: found.street.name, number: there.number, doors: near };
}

/** What the words of a street field mean: one street for sure, else those that fit best, to choose from. */
export interface Meant {
  street: Street | undefined;
  others: Street[];
}

/**
 * The street that a person means, slips forgiven: the name in full, or the only one that fits best and is of the type typed.
 * All of the field is the street's: « rue du 8 mai » has no number to take out.
 */
export function findStreet(query: string, streets: Street[]): Meant {
  const folded = fold(query);
  const exact = streets.find(({ name }) => fold(name) === folded);
  if (exact) return { street: exact, others: [] };
  const { telling, types } = sorted(folded.split(" ").filter(Boolean));
  const fitting = telling.length > 0 ? fittingStreets(telling, types, streets) : [];
  const best = fitting.filter(({ score }) => score === fitting[0]?.score).map(({ street }) => street);
  return best.length === 1 && fitting[0]!.score < OTHER_TYPE ? { street: best[0], others: [] } : { street: undefined, others: best };
}

/** The best first; at equal fit the shorter name: it has least that was not typed. */
function fittingStreets(words: string[], types: string[], streets: Street[]): { street: Street; score: number }[] {
  const scored = streets.map((street) => {
    const { spelled, telling } = sorted(wordsOf([street.name]));
    return { street, score: typesOff(types, spelled) + sum(words.map((word) => slipsTo(word, telling))) };
  });
  return scored.filter(({ score }) => score < Infinity).sort((a, b) => a.score - b.score || a.street.name.length - b.street.name.length);
}

/** The address itself, else the nearest number of its street, else the middle of the street. */
export function pointAt(street: Street, number: string): { point: Point; number: string } | undefined {
  const value = Number.parseInt(number, 10);
  const known = Object.keys(street.numbers);
  const near = known.map((one) => ({ one, off: Math.abs(Number.parseInt(one, 10) - value) + Number(fold(one) !== fold(number)) / 2 }));
  const best = number ? near.sort((a, b) => a.off - b.off)[0]?.one : undefined;
  const line = street.lines[0] ?? [];
  const at = best ? street.numbers[best] : line[Math.floor(line.length / 2)];
  return at && { point: { lon: at[0], lat: at[1] }, number: number && best ? best : "" };
}

const wordsOf = (texts: (string | null)[]) => texts.flatMap((text) => (text ? fold(text).split(" ") : []));
const sum = (numbers: number[]) => numbers.reduce((total, one) => total + one, 0);

/** How well a typed word fits the best of these: 0 the same, 1 a beginning, more with each slip; Infinity not at all. */
function slipsTo(word: string, known: string[]): number {
  const allowed = word.length < 4 ? 0 : word.length < 7 ? 1 : 2;
  let best = Infinity;
  for (const one of known) {
    if (one === word) return 0;
    if (one.startsWith(word)) best = Math.min(best, 1);
    else if (allowed > 0 && best > 2) best = Math.min(best, costOf(slips(word, one), allowed));
  }
  return best;
}

const costOf = (count: number, allowed: number) => (count <= allowed ? 1 + count : Infinity);

/** Letters missing, too many, wrong or swapped between a typed word and the beginning of a known one that it fits best. */
export function slips(typed: string, known: string): number {
  let before: number[] = [];
  let row = Array.from({ length: known.length + 1 }, (_unused, i) => i);
  for (let i = 1; i <= typed.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= known.length; j += 1) {
      const same = typed[i - 1] === known[j - 1];
      next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + Number(!same));
      const swapped = i > 1 && j > 1 && typed[i - 1] === known[j - 2] && typed[i - 2] === known[j - 1];
      if (swapped) next[j] = Math.min(next[j]!, before[j - 2]! + 1);
    }
    [before, row] = [row, next];
  }
  return Math.min(...row);
}
