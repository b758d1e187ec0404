import { close, database } from "@/offline/db";
import { flush } from "@/offline/flush";
import type { OpinionItem } from "@/offline/items";
import * as outbox from "@/offline/outbox";
import { announce, ERASED } from "@/offline/news";
import { forgetSum, owesSum } from "@/offline/owed";

type Answer = (path: string, options: RequestInit) => Response | Promise<Response>;

const PROCESS = "nantes";
let server: { sent: { id: string; body: Record<string, unknown> }[]; waited: boolean[]; nextSeq: number; age: number; answer: Answer | undefined };

function json(body: unknown, status = 200, type = "application/json"): Response {
  return new Response(JSON.stringify(body), { status, headers: { "content-type": type } });
}

/** A server of the contract: it takes what it is sent, unless the test tells it to answer otherwise. */
async function serve(path: string, options: RequestInit): Promise<Response> {
  if (path.endsWith("/voter")) return json({ next_seq: server.nextSeq, current: [], age: server.age });
  const id = /opinions\/([^?]+)/.exec(path)?.[1] ?? "";
  const body = JSON.parse(String(options.body)) as Record<string, unknown>;
  server.sent.push({ id, body });
  server.waited.push((options.headers as Record<string, string>)["devanture-waited"] === "1");
  return server.answer ? server.answer(path, options) : json({ id, place: body["place"], seq: body["seq"], status: "stored" }, 201);
}

function say(place: string, wish = "bakery") {
  return outbox.say({ process: PROCESS, lang: "fr", title: place, day: "", intention: { place, wishes: [wish] } });
}

const opinions = async () => (await outbox.list()) as OpinionItem[];

async function waiting(): Promise<string[]> {
  return (await outbox.list()).map((item) => `${item.seq}:${item.place}`);
}

beforeEach(async () => {
  server = { sent: [], waited: [], nextSeq: 1, age: 3600, answer: undefined };
  vi.stubGlobal("fetch", serve);
  const db = await database();
  for (const store of ["outbox", "mine", "counters"] as const) await db.clear(store);
});

describe("keeping", () => {
  test("numbers rise by one and survive a closed browser", async () => {
    await say("a");
    await say("b");
    await close();
    await say("c");
    expect(await waiting()).toEqual(["1:a", "2:b", "3:c"]);
  });

  test("two answers at once never share a number", async () => {
    await Promise.all(["a", "b", "c", "d"].map((place) => say(place)));
    expect(new Set((await outbox.list()).map((item) => item.seq)).size).toBe(4);
  });

  test("a changed mind replaces what never left the phone", async () => {
    await say("a", "bakery");
    await say("a", "fishmonger");
    const [only, ...others] = await opinions();
    expect(others).toEqual([]);
    expect(only?.opinion.wishes).toEqual(["fishmonger"]);
    expect(only?.seq).toBe(2);
  });

  test("a changed mind follows what is in flight", async () => {
    const { item } = await say("a", "bakery");
    await outbox.depart(item.id);
    await say("a", "fishmonger");
    expect(await waiting()).toEqual(["1:a", "2:a"]);
  });

  test("a form of the server lifts the counter", async () => {
    await outbox.say({ process: PROCESS, lang: "fr", title: "a", day: "", intention: { place: "a", wishes: ["bakery"] }, atLeast: 6 });
    expect(await waiting()).toEqual(["6:a"]);
  });
});

describe("undoing", () => {
  test("what never left the phone leaves no trace", async () => {
    await outbox.undo(await say("a"));
    expect(await outbox.list()).toEqual([]);
    expect(await outbox.mine(PROCESS)).toEqual([]);
  });

  test("what was sent is withdrawn by a later sending", async () => {
    const said = await say("a");
    await flush();
    await outbox.undo(said);
    expect((await opinions()).map(({ seq, opinion }) => [seq, opinion.withdraw])).toEqual([[2, true]]);
  });

  test("a change brings back the words of before", async () => {
    await say("a", "bakery");
    await flush();
    await outbox.undo(await say("a", "fishmonger"));
    expect((await opinions())[0]?.opinion).toMatchObject({ seq: 3, wishes: ["bakery"] });
  });
});

describe("sending", () => {
  test("each goes once, in order, and the phone lets it go", async () => {
    for (const place of ["a", "b", "c"]) await say(place);
    expect(await flush()).toEqual({ waiting: 0, sent: 3, waitSeconds: 0 });
    expect(server.sent.map(({ body }) => body["place"])).toEqual(["a", "b", "c"]);
    await flush();
    expect(server.sent).toHaveLength(3);
  });

  test("two flushers at once send nothing twice", async () => {
    for (const place of ["a", "b", "c"]) await say(place);
    await Promise.all([flush(), flush(), flush()]);
    expect(server.sent).toHaveLength(3);
  });

  test("a cut line keeps all, and the same id goes again with the same body", async () => {
    await say("a");
    server.answer = () => Promise.reject(new TypeError("network"));
    expect(await flush()).toMatchObject({ waiting: 1, sent: 0 });
    server.answer = undefined;
    expect(await flush()).toMatchObject({ waiting: 0, sent: 1 });
    expect(server.sent[1]).toEqual(server.sent[0]);
  });

  test("a captive portal's page is not an acceptance", async () => {
    await say("a");
    server.answer = () => new Response("<h1>Wi-Fi</h1>", { headers: { "content-type": "text/html" } });
    expect(await flush()).toMatchObject({ waiting: 1 });
  });

  test("a fault on one item does not hold the others back", async () => {
    await say("a");
    await say("b");
    server.answer = (path, options) => {
      const body = JSON.parse(String(options.body)) as { place: string; seq: number };
      if (body.place === "a") return json({}, 500, "application/problem+json");
      return json({ id: /opinions\/([^?]+)/.exec(path)?.[1], status: "stored" }, 201);
    };
    await flush();
    expect(await waiting()).toEqual(["1:a"]);
  });

  test("a final refusal is kept in words, is not sent again, and goes when the person has read it", async () => {
    const { item } = await say("a");
    server.answer = () => json({ code: "phase-closed", detail: "Close depuis hier." }, 403, "application/problem+json");
    expect(await flush()).toMatchObject({ waiting: 0 });
    await flush();
    expect(server.sent).toHaveLength(1);
    expect((await outbox.list())[0]?.refusal).toEqual({ code: "phase-closed", detail: "Close depuis hier." });
    await outbox.discard(item.id);
    expect(await outbox.list()).toEqual([]);
  });

  test("what waits cannot be discarded", async () => {
    const { item } = await say("a");
    await outbox.discard(item.id);
    expect(await waiting()).toEqual(["1:a"]);
  });
});

describe("telling the server's rules about speed that words waited", () => {
  /** Afterwards the next flush asks for the cookie anew, as a page does that has just opened. */
  function open(age: number): void {
    announce(ERASED);
    server.age = age;
  }

  test("what was typed by a cookie of long ago and goes at once did not", async () => {
    open(3600);
    for (const place of ["a", "b"]) {
      await say(place);
      await flush();
    }
    expect(server.waited).toEqual([false, false]);
  });

  test("what is older than its cookie did, and what was said while that went", async () => {
    open(0);
    await say("a");
    await flush();
    await say("b");
    await flush();
    expect(server.waited).toEqual([true, true]);
  });

  test("what goes in a batch, or a second time, did", async () => {
    open(3600);
    await say("a");
    await say("b");
    await flush();
    server.answer = () => Promise.reject(new TypeError("network"));
    await say("c");
    await flush();
    server.answer = undefined;
    await flush();
    expect(server.waited).toEqual([true, true, false, true]);
  });
});

describe("learning from the server", () => {
  test("a phone that lost its storage goes past the server's numbers", async () => {
    await say("a");
    await outbox.learn(PROCESS, { next_seq: 12, current: [] });
    await say("b");
    expect(await waiting()).toEqual(["12:a", "13:b"]);
  });

  test("a sum that is owed is remembered until it is done, or asked for no more", async () => {
    const voter = { next_seq: 1, current: [] };
    expect(await owesSum(PROCESS)).toBe(false);
    await outbox.learn(PROCESS, { ...voter, puzzle: true });
    expect([await owesSum(PROCESS), await owesSum("another")]).toEqual([true, false]);
    await outbox.learn(PROCESS, { ...voter, puzzle: false });
    expect(await owesSum(PROCESS)).toBe(false);
    await outbox.learn(PROCESS, { ...voter, puzzle: true });
    await forgetSum(PROCESS);
    expect(await owesSum(PROCESS)).toBe(false);
    await say("a");
    expect(await waiting()).toEqual(["1:a"]);
  });

  test("what was said without the outbox joins « Mes avis », but never hides what waits", async () => {
    await say("a", "bakery");
    const opinion = { v: 1 as const, place: "a", seq: 1, wishes: ["grocer"] };
    await outbox.learn(PROCESS, {
      next_seq: 3,
      current: [{ place: "a", seq: 1, id: "x", day: "2026-11-01", opinion }, { place: "b", seq: 2, id: "y", day: "2026-11-01", opinion: { ...opinion, place: "b", seq: 2 } }],
    });
    const mine = await outbox.mine(PROCESS);
    expect(mine.map((kept) => [kept.place, kept.opinion.wishes])).toEqual([["a", ["bakery"]], ["b", ["grocer"]]]);
  });
});
