/** What every page of a process does once it has painted. */
import { lang } from "@/i18n";
import { listenForOffer } from "@/install/able";
import { refreshPack } from "@/offline/pack";
import { startSending } from "@/offline/schedule";
import { watch } from "@/offline/status";
import "@/ui/trusted";
import { register } from "@/offline/worker";
import { wakeOutboxBar } from "@/opinions/outbox-bar";
import { processOf, wake, type Mount } from "@/ui/islands";

export async function start(islands: Record<string, Mount>): Promise<void> {
  listenForOffer(processOf());
  await watch();
  wake(document, { "outbox-bar": wakeOutboxBar, ...islands });
  const process = processOf();
  if (!process) return;
  startSending(process);
  void refreshPack(process, lang()).catch((error: unknown) => console.warn("pack", error));
  void register(process).catch((error: unknown) => console.warn("service worker", error));
}
