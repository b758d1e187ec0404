/** One opinion kept, and on its way: what the door, « Merci » and « Mes avis » share. */
import { lang, today } from "@/i18n";
import * as outbox from "@/offline/outbox";
import { sendSoon } from "@/offline/schedule";
import { queue } from "@/offline/status";
import type { Intention } from "@/opinions/types";

const SHOWN_MS = 100;

interface About {
  process: string;
  title: string;
  /** The `seq` that a form of the server proposed, if any. */
  atLeast?: number;
  person?: number;
}

/** Resolves once it is safe on the disk; then it leaves by itself. */
export async function keepOpinion(about: About, intention: Intention): Promise<outbox.Said> {
  const said = await outbox.say({ ...about, lang: lang(), day: today(new Date()), intention });
  // The queue's own news come a moment later: until then « Merci » must not take it for sent.
  queue.value = [...queue.value, said.item];
  // What was kept is shown first, then sent: the network has time, and a page left meanwhile sends at its next start.
  setTimeout(sendSoon, SHOWN_MS);
  return said;
}
