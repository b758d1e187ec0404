import { database } from "@/offline/db";
import { flush } from "@/offline/flush";
import * as outbox from "@/offline/outbox";
import { asFile } from "@/opinions/save";

const PROCESS = "nantes";
const WORDS = { process: PROCESS, lang: "fr", title: "12, rue Crébillon" };
interface Sent {
  kind: string;
  id: string;
  query: URLSearchParams;
  body: unknown;
}
let sent: Sent[];
let answer: (sending: Sent) => Response | Promise<Response> | undefined;

function json(body: unknown, status = 201, type = "application/json"): Response {
  return new Response(JSON.stringify(body), { status, headers: { "content-type": type } });
}

const refusal = (code: string, status = 403) => json({ code, detail: "Non." }, status, "application/problem+json");

/** A server that takes every kind, unless the test answers otherwise. */
async function serve(path: string, { body }: RequestInit): Promise<Response> {
  const url = new URL(path, "https://town.example");
  if (url.pathname.endsWith("/voter")) return json({ next_seq: 1, current: [] });
  const [, kind = "", id = ""] = /\/([a-z]+)s\/([^/]+)$/.exec(url.pathname) ?? [];
  const sending = { kind, id, query: url.searchParams, body: typeof body === "string" ? JSON.parse(body) : body };
  sent.push(sending);
  return (await answer(sending)) ?? json({ id, status: "stored" });
}

const say = (place: string, wish = "bakery", person = 0) => outbox.say({ ...WORDS, title: place, day: "", intention: { place, wishes: [wish] }, person });
const photograph = (place: string, opinion: string) =>
  outbox.keep({ ...WORDS, kind: "photo", place, opinion, picture: new Blob([new Uint8Array([1, 2, 3])], { type: "image/jpeg" }) });
const mark = () => outbox.keep({ ...WORDS, kind: "spot", body: { v: 1, lon: -1.56, lat: 47.21 } });
const kinds = () => sent.map(({ kind }) => kind);
const left = async () => (await outbox.list()).map(({ kind }) => kind);

async function flushBoth(): Promise<void> {
  await flush("words");
  await flush("photos");
}

beforeEach(async () => {
  sent = [];
  answer = () => undefined;
  vi.stubGlobal("fetch", serve);
  const db = await database();
  for (const store of ["outbox", "mine", "counters", "photos", "answers"] as const) await db.clear(store);
});

describe("every kind has its address and its turn", () => {
  test("a mark goes before the words that name it, words before pictures", async () => {
    const { item } = await say("a");
    await photograph("a", item.id);
    await outbox.keep({ ...WORDS, kind: "report", place: "a", body: { v: 1, place: "a", finding: "occupied" } });
    await mark();
    await flushBoth();
    expect(kinds()).toEqual(["spot", "opinion", "report", "photo"]);
    expect(await left()).toEqual([]);
  });

  test("a photo carries its place, its opinion and its own bytes", async () => {
    const { item } = await say("a");
    await photograph("a", item.id);
    await flushBoth();
    const photo = sent.at(-1);
    expect([photo?.query.get("place"), photo?.query.get("opinion")]).toEqual(["a", item.id]);
    expect(new Uint8Array(photo?.body as ArrayBuffer)).toEqual(new Uint8Array([1, 2, 3]));
  });

  test("the server's word is kept: a receipt with the answer, the rest by kind", async () => {
    answer = ({ kind, id }) => json({ id, status: "stored", ...(kind === "follow" ? { link: "/nantes/suivi/x" } : { receipt: "ABCD-EFGH" }) });
    await say("a");
    await outbox.keep({ ...WORDS, kind: "follow", place: "a", body: { v: 1, place: "a", means: "link" } });
    await flush();
    expect((await outbox.mine(PROCESS))[0]?.receipt).toBe("ABCD-EFGH");
    expect((await outbox.answered(PROCESS, "follow"))[0]?.answer["link"]).toBe("/nantes/suivi/x");
  });

  test("one faulty item holds no other back, of whatever kind", async () => {
    answer = ({ kind }) => (kind === "report" ? json({}, 500, "application/problem+json") : undefined);
    await outbox.keep({ ...WORDS, kind: "report", place: "a", body: { v: 1, place: "a", finding: "works" } });
    await outbox.keep({ ...WORDS, kind: "residence", body: { v: 1, sector: null, ties: [], age: null } });
    await say("a");
    await flush();
    expect(await left()).toEqual(["report"]);
  });
});

describe("a photo", () => {
  test("waits for its opinion, which never waits for it", async () => {
    const { item } = await say("a");
    await photograph("a", item.id);
    answer = ({ kind }) => (kind === "opinion" ? json({}, 500, "application/problem+json") : undefined);
    await flushBoth();
    expect(kinds()).toEqual(["opinion"]);
    answer = () => undefined;
    await flushBoth();
    expect(kinds()).toEqual(["opinion", "opinion", "photo"]);
  });

  test("does not hold back the words said while it is under way", async () => {
    const { item } = await say("a");
    await photograph("a", item.id);
    await flush("words");
    let arrive = () => {};
    answer = ({ kind, id }) => (kind === "photo" ? new Promise((resolve) => (arrive = () => resolve(json({ id, status: "stored" })))) : undefined);
    const upload = flush("photos");
    await vi.waitFor(() => expect(kinds()).toContain("photo"));
    await say("b");
    expect(await flush("words")).toMatchObject({ sent: 1, waiting: 0 });
    arrive();
    expect(await upload).toMatchObject({ sent: 1 });
  });

  test("follows the newer word when its own never left", async () => {
    const { item } = await say("a");
    await photograph("a", item.id);
    const newer = await say("a", "grocer");
    await flushBoth();
    expect(sent.at(-1)?.query.get("opinion")).toBe(newer.item.id);
  });

  test("goes with its opinion when that is undone, and leaves another person's alone", async () => {
    const said = await say("a");
    await photograph("a", said.item.id);
    await outbox.undo(said);
    expect(await left()).toEqual([]);
    expect(await (await database()).getAllKeys("photos")).toEqual([]);
  });

  test("is refused together with its opinion, and let go with it", async () => {
    const { item } = await say("a");
    await photograph("a", item.id);
    answer = () => refusal("place-closed");
    await flushBoth();
    expect((await outbox.list()).map((kept) => kept.refusal?.code)).toEqual(["place-closed", "place-closed"]);
    await outbox.discard(item.id);
    expect(await left()).toEqual([]);
  });

  test("is in the file that a person exports, as data", async () => {
    const { item } = await say("a");
    await photograph("a", item.id);
    const file = JSON.parse(await asFile(await outbox.list())) as { items: { kind: string; picture?: string }[] };
    expect(file.items.map(({ kind, picture }) => [kind, picture])).toEqual([["opinion", undefined], ["photo", "data:image/jpeg;base64,AQID"]]);
  });

  test("may be taken back until it leaves", async () => {
    const { item } = await say("a");
    const photo = await photograph("a", item.id);
    expect(await outbox.takeBack(photo.id)).toBe(true);
    expect(await outbox.takeBack(item.id)).toBe(false);
    expect(await left()).toEqual(["opinion"]);
  });
});

describe("a mark", () => {
  test("that did not get through keeps the words that name it, and no others", async () => {
    const spot = await mark();
    await say(spot.id, "garden");
    await say("a");
    answer = ({ kind }) => (kind === "spot" ? json({}, 500, "application/problem+json") : undefined);
    await flush();
    expect(kinds()).toEqual(["spot", "opinion"]);
    expect(await left()).toEqual(["spot", "opinion"]);
  });

  test("that the server knows by another name gives it to what was said there", async () => {
    const spot = await mark();
    const said = await say(spot.id, "garden");
    answer = ({ kind, id }) => (kind === "spot" ? json({ id, status: "stored", place: "ici-7", title: "Ici", joined: true }) : undefined);
    await flush();
    expect(sent.map(({ body }) => (body as { place?: string }).place)).toEqual([undefined, "ici-7"]);
    await outbox.undo(said);
    expect((await outbox.mine(PROCESS)).map(({ place, opinion }) => [place, opinion.withdraw])).toEqual([["ici-7", true]]);
  });

  test("that was refused takes with it what was said there", async () => {
    const spot = await mark();
    await say(spot.id, "garden");
    answer = () => refusal("phase-closed");
    await flush();
    expect(kinds()).toEqual(["spot"]);
    await outbox.discard(spot.id);
    expect(await left()).toEqual([]);
    expect(await outbox.mine(PROCESS)).toEqual([]);
  });
});

describe("somebody else on the same phone", () => {
  test("answers at the same place without touching the first one's words", async () => {
    await say("a", "bakery");
    await say("a", "grocer", 1);
    await flush();
    expect(sent.map(({ body }) => body)).toMatchObject([{ seq: 1, wishes: ["bakery"] }, { seq: 2, wishes: ["grocer"], person: 1 }]);
    expect(sent[0]?.body).not.toHaveProperty("person");
    expect((await outbox.mine(PROCESS, 0)).map(({ opinion }) => opinion.wishes)).toEqual([["bakery"]]);
    expect((await outbox.mine(PROCESS, 1)).map(({ opinion }) => opinion.wishes)).toEqual([["grocer"]]);
  });

  test("undoes their own", async () => {
    await say("a", "bakery");
    const theirs = await say("a", "grocer", 1);
    await flush();
    await outbox.undo(theirs);
    expect((await outbox.list()).map((item) => [item.person, item.kind === "opinion" && item.opinion])).toMatchObject([[1, { withdraw: true, person: 1 }]]);
  });

  test("is told apart in what the server holds", async () => {
    const opinion = { v: 1 as const, place: "a", seq: 1, wishes: ["grocer"] };
    const current = [{ place: "a", seq: 1, id: "x", day: "", opinion }, { place: "a", seq: 2, id: "y", day: "", opinion: { ...opinion, seq: 2, person: 2 } }];
    await outbox.learn(PROCESS, { next_seq: 3, current });
    expect((await outbox.everyone(PROCESS)).map(({ person, id }) => [person, id])).toEqual([[2, "y"], [0, "x"]]);
  });
});
