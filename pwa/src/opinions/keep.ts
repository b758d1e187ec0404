/** One opinion kept, and on its way: what the door, « Merci » and « Mes avis » share. */
import { _, lang, today } from "@/i18n";
import * as outbox from "@/offline/outbox";
import { sendLater, sendSoon } from "@/offline/schedule";
import { undoing } from "@/offline/rules";
import { queue, unkept } from "@/offline/status";
import { afterFrame } from "@/ui/dom";
import type { Intention, Refusal } from "@/opinions/types";

interface About {
  process: string;
  title: string;
  /** The `seq` that a form of the server proposed, if any. */
  atLeast?: number;
  person?: number;
}

/**
 * Resolves once it is safe on the disk; then it leaves by itself. A phone that can keep nothing gives it to the server
 * at once, and the promise rejects where that fails too. `meanwhile` is called while the disk writes.
 */
export async function keepOpinion(about: About, intention: Intention, meanwhile?: (said: outbox.Said) => void): Promise<outbox.Said> {
  const words = { ...about, lang: lang(), day: today(new Date()), intention };
  const said = await outbox.say(words, meanwhile).catch((error: unknown) => void console.warn("outbox", error));
  if (!said) return (await import("@/offline/straight")).sayStraight(words);
  // The queue's own news come a moment later: until then « Merci » must not take it for sent.
  queue.value = [...queue.value, said.item];
  // What was kept is drawn first, then sent.
  void afterFrame().then(sendSoon);
  return said;
}

/**
 * A word of another kind: as an opinion, on the disk or else with the server. Given a wait, it leaves by itself after
 * that, and until then may be taken back by the id returned; there is none where the server has it already.
 */
export async function keepWord(sending: outbox.WordSending, waitMs = 0): Promise<string | undefined> {
  try {
    const { id } = await outbox.keep(sending);
    if (waitMs > 0) sendLater(waitMs);
    else sendSoon();
    return id;
  } catch (error) {
    console.warn("outbox", error);
    await (await import("@/offline/straight")).keepStraight(sending);
    return undefined;
  }
}

/** Takes back the last word at a place, and brings the one before it again. */
export async function undoOpinion(said: outbox.Said): Promise<void> {
  const { process, title, person, place } = said.item;
  try {
    await outbox.undo(said);
    sendSoon();
  } catch (error) {
    console.warn("outbox", error);
    await keepOpinion({ process, title, person }, undoing(place, said.before?.opinion));
  }
}

/** For a tap that has no line of its own: the bar at the foot tells when nothing was kept. Whether it was. */
export async function orTell(work: Promise<unknown>): Promise<boolean> {
  unkept.value = "";
  return work.then(() => true, (error: unknown) => {
    unkept.value = unkeptInWords(error);
    return false;
  });
}

export function unkeptInWords(error: unknown): string {
  const { refusal } = error as { refusal?: Refusal };
  return refusal?.detail || _("This phone cannot keep your wish: it is full, or set to keep nothing. Nothing of before is lost; try again with a network.");
}
