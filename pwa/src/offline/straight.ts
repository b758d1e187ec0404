/** For a phone that can keep nothing, because it is full or set so: straight to the server, said only on its word. */
import { askVoter, send, type Voter } from "@/api";
import { database } from "@/offline/db";
import { asOneVoter } from "@/offline/flush";
import type { Item } from "@/offline/items";
import type { WordSending } from "@/offline/outbox";
import { speaking } from "@/offline/persons";
import { isYoung, judge, makeItem, nextSeq } from "@/offline/rules";
import type { Said, Words } from "@/offline/said";
import { uuid4 } from "@/offline/uuid";
import type { Refusal } from "@/opinions/types";
import { begin } from "@/voters/sum";

/** Neither this phone nor the server holds it; `refusal` is why the server does not, where it said so. */
export class NotKept extends Error {
  constructor(readonly refusal?: Refusal) {
    super(refusal?.detail ?? "neither kept nor sent");
  }
}

/** An opinion; rejects with `NotKept`. Its number is past those that still wait here, so that it is the last word. */
export async function sayStraight(words: Words): Promise<Said> {
  const { process, title, lang, day, intention, atLeast = 1, person = speaking.value } = words;
  const voter = await meet(process);
  const seq = nextSeq(await highestUsed(process), Math.max(voter.next_seq, atLeast));
  const item = makeItem(uuid4(), seq, { process, title, lang, person }, intention);
  const { receipt } = await deliver(item, isYoung(voter.age));
  const known = voter.current.find(({ place, opinion }) => place === item.place && (opinion.person ?? 0) === person);
  const before = known && { process, person, place: known.place, title, id: known.id, opinion: known.opinion, day };
  return { item, before, ...(typeof receipt === "string" ? { receipt } : {}) };
}

/** A word of another kind; rejects with `NotKept`. */
export async function keepStraight({ place = "", ...sending }: WordSending): Promise<void> {
  await meet(sending.process);
  await deliver({ ...sending, place, id: uuid4(), seq: 0, person: speaking.value, attempts: 1 });
}

async function meet(process: string): Promise<Voter> {
  const voter = await asOneVoter(() => askVoter(process));
  if (!voter) throw new NotKept();
  if (voter.puzzle) void begin(process).catch((error: unknown) => console.warn("sum", error));
  return voter;
}

async function deliver(item: Item, waited = false): Promise<Record<string, unknown>> {
  const verdict = judge(item.id, await send(item, undefined, waited));
  if (verdict.kind === "stored") return verdict.answer;
  throw new NotKept(verdict.kind === "refused" ? verdict.refusal : undefined);
}

/** What was counted before is often still readable on a full phone. */
async function highestUsed(process: string): Promise<number> {
  return database().then((db) => db.get("counters", process)).then((used) => used ?? 0, () => 0);
}
