/** Everything of one process off this phone: on the server's word alone, and only what there was when it was asked. */
import { askErasure, type Stays } from "@/api";
import { database, write } from "@/offline/db";
import { ALL, remove } from "@/offline/inside";
import { withNothingLeaving } from "@/offline/flush";
import { announce, ERASED } from "@/offline/news";
import { backToMe } from "@/offline/persons";
import { forgetAsked } from "@/residence/asked";

/** Ids, by what holds them. */
interface Whole {
  outbox: string[];
  mine: string[];
  answers: string[];
  /** The secret words of the pages of what this phone follows. */
  follows: string[];
}

/**
 * Has the server erase, then lets go of what was here before; undefined when the server did not say that it did, and
 * then nothing is lost. What waits goes too: it is erased before it leaves, so nothing leaves meanwhile. Somebody
 * who answers in another tab at the same time keeps that answer.
 */
export function eraseAll(process: string): Promise<Stays | undefined> {
  return withNothingLeaving(async () => {
    const whole = await allOf(process);
    const stays = await askErasure(process, whole.follows);
    // Heard or not, the cookie may be gone.
    announce(ERASED);
    if (!stays) return undefined;
    await forget(whole);
    backToMe();
    forgetAsked(process);
    announce();
    await Promise.all([stopPush(), forgetPages(process)]).catch((error: unknown) => console.warn("erase", error));
    return stays;
  });
}

async function allOf(process: string): Promise<Whole> {
  const db = await database();
  const here = (row: { process: string }) => row.process === process;
  const [outbox, mine, answers] = await Promise.all([db.getAll("outbox"), db.getAll("mine"), db.getAll("answers")]);
  const links = answers.filter(here).map(({ answer }) => answer["link"]).filter((link) => typeof link === "string");
  const ids = (rows: { id: string; process: string }[]) => rows.filter(here).map(({ id }) => id);
  return { outbox: ids(outbox), mine: ids(mine), answers: ids(answers), follows: links.map((link) => link.split("/").at(-1)!) };
}

/** The counter stays, so that no number is used twice. */
async function forget({ outbox, mine, answers }: Whole): Promise<void> {
  await write(ALL, async (tx) => {
    for (const id of outbox) await remove(tx, id);
    for (const id of answers) await tx.objectStore("answers").delete(id);
    for (const { id, process, person, place } of await tx.objectStore("mine").getAll()) if (mine.includes(id)) await tx.objectStore("mine").delete([process, person, place]);
  });
}

/** The server follows nothing any more; the browser's own service need not know this phone either. */
async function stopPush(): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration();
  await (await registration?.pushManager?.getSubscription())?.unsubscribe();
}

/** The pages kept for want of a network show what was said; the shell shows nothing and draws them anew. */
async function forgetPages(process: string): Promise<void> {
  const shell = `/${process}/horsligne`;
  for (const name of (await caches.keys()).filter((kept) => kept.startsWith(`devanture/${process}/pages-`))) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) if (new URL(request.url).pathname !== shell) await cache.delete(request);
  }
}
