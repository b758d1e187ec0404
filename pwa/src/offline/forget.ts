/** Everything of one process off this phone, once the person has had it erased. */
import { write } from "@/offline/db";
import { ALL } from "@/offline/inside";
import { announce } from "@/offline/news";
import { backToMe } from "@/offline/persons";

/** What waits goes too: it was erased before it left. The counter stays, so that no number is used twice. */
export async function forget(process: string): Promise<void> {
  await write(ALL, async (tx) => {
    for (const item of await tx.objectStore("outbox").getAll()) {
      if (item.process !== process) continue;
      await tx.objectStore("outbox").delete(item.id);
      await tx.objectStore("photos").delete(item.id);
    }
    for (const kept of await tx.objectStore("mine").getAll()) if (kept.process === process) await tx.objectStore("mine").delete([process, kept.person, kept.place]);
    for (const row of await tx.objectStore("answers").getAll()) if (row.process === process) await tx.objectStore("answers").delete(row.id);
  });
  backToMe();
  announce();
}
