/** The same cases as tests/server/processes/test_rounds.py. */
import { nextOf, nextRound, roundsOf, spread, strip } from "@/places/tour";
import { place } from "./place";

const METRE = 1 / 111_195;
const door = (ref: string, north = 0, fields = {}) => place(ref, { street: "A", round: "A", step: Number(ref), side: "left", along_m: north, lat: 47.21 + north * METRE, ...fields });
const of = (name: string) => ({ street: name, round: name });

test("doors are gathered in walking order and counted", () => {
  const [one] = roundsOf([door("3", 0, { state: "occupied" }), door("2"), door("1")], new Set(["2"]));
  expect(one?.places.map(({ ref }) => ref)).toEqual(["1", "2", "3"]);
  expect(one).toMatchObject({ name: "A", done: 1, total: 2, left: 1, minutes: 1 });
});

test("the next door comes after the last one answered and over the start", () => {
  const answered = new Set(["2"]);
  const [round] = roundsOf([door("1"), door("2"), door("3", 0, { state: "occupied" }), door("4")], answered);
  expect([undefined, "2", "4"].map((last) => nextOf(round!, answered, last)?.ref)).toEqual(["1", "4", "1"]);
});

test("after a round the nearest one with something left comes", () => {
  const rounds = roundsOf([door("1"), door("2", 900, of("far")), door("3", 50, of("done")), door("4", 200, of("near"))], new Set(["3"]));
  expect(nextRound(rounds, rounds[0]!)?.name).toBe("near");
  expect(nextRound(rounds.slice(0, 1), rounds[0]!)).toBeUndefined();
});

test("the drawing sets each side apart and each door where it stands", () => {
  const doors = [door("1"), door("2", 100), door("3", 50, { side: "right" }), door("4", 60, { side: null, state: "occupied" })];
  const [round] = roundsOf(doors, new Set());
  const marks = new Map(strip(round!, new Set(), doors[1]).map((mark) => [mark.place.ref, mark]));
  expect(["1", "2", "3", "4"].map((ref) => marks.get(ref)?.top)).toEqual([true, true, false, true]);
  expect(["1", "2", "3"].map((ref) => marks.get(ref)?.x)).toEqual([26, 328, 177]);
  expect(["1", "2", "3", "4"].map((ref) => marks.get(ref)?.kind)).toEqual(["open", "next", "open", "shut"]);
});

test("tiles never touch nor leave the drawing", () => {
  expect(spread([30, 30, 30])).toEqual([30, 70, 110]);
  expect(spread([320, 300, 325])).toEqual([288, 248, 328]);
  expect(new Set(spread(Array.from({ length: 20 }, () => 177))).size).toBe(20);
});
