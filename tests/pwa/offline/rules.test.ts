import { backoffSeconds, isReplaceable, judge, makeItem, nextSeq, renumber, retryAfterSeconds, undoing } from "@/offline/rules";
import type { OpinionItem } from "@/offline/items";

const ID = "0b9f7c1e-5d0a-4c11-9d2b-7f3f2f6f0001";
const JSON_TYPE = "application/json";
const PROBLEM = "application/problem+json; charset=utf-8";

const stored = { status: 201, contentType: JSON_TYPE, json: { id: ID, place: "a", seq: 1, status: "stored" } };

function item(seq: number, attempts = 0, id = `id-${seq}`): OpinionItem {
  return { ...makeItem(id, seq, { process: "nantes", title: "", lang: "fr" }, { place: `place-${seq}`, wishes: ["bakery"] }), attempts };
}

describe("an item goes only on the server's word about that very item", () => {
  test.each([200, 201])("%i with its own id and « stored » lets it go", (status) => {
    expect(judge(ID, { ...stored, status })).toMatchObject({ kind: "stored" });
  });

  test.each([
    ["another item's id", { ...stored, json: { id: "another", status: "stored" } }],
    ["no word of « stored »", { ...stored, json: { id: ID } }],
    ["a captive portal's page", { status: 200, contentType: "text/html" }],
    ["JSON of a captive portal", { status: 200, contentType: JSON_TYPE, json: { login: true } }],
    ["JSON text sent as a page", { ...stored, contentType: "text/html" }],
    ["another success", { ...stored, status: 202 }],
    ["a body that is null", { ...stored, json: null }],
  ])("%s keeps it", (_name, reply) => {
    expect(judge(ID, reply).kind).toBe("keep");
  });

  test("no answer at all keeps it and stops the run", () => {
    expect(judge(ID, undefined)).toEqual({ kind: "keep", stop: true, waitSeconds: 0 });
  });

  test("a server fault keeps it but lets the next one try", () => {
    expect(judge(ID, { status: 500, contentType: PROBLEM, json: {} })).toEqual({ kind: "keep", stop: false, waitSeconds: 0 });
  });

  test("a busy server keeps it, stops the run and is waited for", () => {
    const busy = { status: 503, contentType: PROBLEM, json: { code: "busy" }, retryAfter: "7" };
    expect(judge(ID, busy)).toEqual({ kind: "keep", stop: true, waitSeconds: 7 });
  });
});

describe("a refusal is final only with a status and a code that we know", () => {
  test.each([
    [400, "unknown-activity"], [403, "phase-closed"], [403, "place-closed"], [404, "unknown-place"], [409, "id-reused"], [413, "too-large"], [415, "not-json"],
  ])("%i %s is kept as refused, in the server's words", (status, code) => {
    const reply = { status, contentType: PROBLEM, json: { code, detail: "La consultation est close." } };
    expect(judge(ID, reply)).toEqual({ kind: "refused", refusal: { code, detail: "La consultation est close." } });
  });

  test.each([
    ["a proxy's 403 page", { status: 403, contentType: "text/html" }],
    ["a 404 without a code", { status: 404, contentType: PROBLEM, json: { title: "Not found" } }],
    ["a code of tomorrow", { status: 400, contentType: PROBLEM, json: { code: "not-invented-yet" } }],
    ["a known code as plain JSON", { status: 403, contentType: JSON_TYPE, json: { code: "phase-closed" } }],
    ["a sign-in demanded by a network", { status: 401, contentType: PROBLEM, json: { code: "phase-closed" } }],
    ["too many requests", { status: 429, contentType: PROBLEM, json: { code: "too-large" } }],
  ])("%s keeps it waiting", (_name, reply) => {
    expect(judge(ID, reply).kind).toBe("keep");
  });

  test("a refusal that we do not understand does not hold the other items back", () => {
    expect(judge(ID, { status: 403, contentType: "text/html" })).toMatchObject({ stop: false });
    expect(judge(ID, { status: 429, contentType: PROBLEM, json: {} })).toMatchObject({ stop: true });
    // A mark waits until this phone has done its sum; the opinions behind it need not.
    expect(judge(ID, { status: 429, contentType: PROBLEM, json: { code: "over-limit" } })).toMatchObject({ kind: "keep", stop: false });
    expect(judge(ID, { status: 200, contentType: "text/html" })).toMatchObject({ stop: true });
  });
});

describe("the order comes from the phone's counter", () => {
  test("the next number is past what was used and what the server saw", () => {
    expect(nextSeq(0, 1)).toBe(1);
    expect(nextSeq(4, 2)).toBe(5);
    expect(nextSeq(4, 9)).toBe(9);
  });

  test("a counter at its end says so", () => {
    expect(() => nextSeq(2 ** 31 - 1, 1)).toThrow(RangeError);
  });

  test("a phone that lost its counter numbers again what it never sent, in the same order", () => {
    const numbered = renumber([item(2), item(1)], 7);
    expect(numbered.map(({ place, seq, opinion }) => [place, seq, opinion.seq])).toEqual([
      ["place-1", 7, 7], ["place-2", 8, 8],
    ]);
  });

  test("what was sent once keeps its number, and the rest stays after it", () => {
    const numbered = renumber([item(9, 1), item(3)], 5);
    expect(numbered.map(({ seq }) => seq)).toEqual([10]);
  });

  test("numbers that the server has not reached stay", () => {
    expect(renumber([item(5), item(6)], 5)).toEqual([]);
  });

  test("a sent item is never replaced", () => {
    expect(isReplaceable(item(1))).toBe(true);
    expect(isReplaceable(item(1, 1))).toBe(false);
  });
});

describe("undoing", () => {
  test("withdraws a first answer", () => {
    expect(undoing("a", undefined)).toEqual({ place: "a", withdraw: true });
  });

  test("brings back the words of before", () => {
    const before = { v: 1 as const, place: "a", seq: 3, wishes: ["bakery"], comment: "le matin" };
    expect(undoing("a", before)).toEqual({ place: "a", wishes: ["bakery"], comment: "le matin" });
  });

  test("after a withdrawal withdraws", () => {
    expect(undoing("a", { v: 1, place: "a", seq: 3, withdraw: true })).toEqual({ place: "a", withdraw: true });
  });
});

describe("waiting", () => {
  test("doubles, is spread, and ends at five minutes", () => {
    expect(backoffSeconds(1, 0, 1)).toBe(2);
    expect(backoffSeconds(3, 0, 0)).toBe(4);
    expect(backoffSeconds(60, 0, 1)).toBe(300);
  });

  test("is never shorter than what the server asked", () => {
    expect(backoffSeconds(1, 40, 0)).toBe(40);
  });

  test.each([["12", 12], ["Wed, 21 Oct 2026 07:28:00 GMT", 0], [null, 0], ["-3", 0]])("reads Retry-After %s as %i s", (header, seconds) => {
    expect(retryAfterSeconds(header)).toBe(seconds);
  });
});
