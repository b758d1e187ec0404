/** The dark bar at the foot: offline or not, how many wait, what was refused, and the way to see them one by one. */
import { render } from "preact";
import { _, lang, ngettext } from "@/i18n";
import { leaving, online, queue, refused, unkept, waiting } from "@/offline/status";
import { newVersion, update } from "@/offline/worker";
import { Icon } from "@/ui/icon";

export function wakeOutboxBar(element: HTMLElement): void {
  render(<OutboxBar />, element);
}

function OutboxBar() {
  const count = waiting.value.length;
  const open = async () => (await import("@/opinions/outbox-sheet")).showOutbox();
  // Nothing is interrupted: the offer waits until the last answer, photos included, has left.
  const offered = newVersion.value && count === 0;
  if (online.value && queue.value.length === 0 && !offered && !unkept.value) return null;
  return (
    <div class="outbox__in">
      {unkept.value && <p class="outbox__line" role="alert">{unkept.value}</p>}
      {offered && <p class="outbox__line">{_("A new version is ready.")} <button class="linkish" type="button" onClick={update}>{_("Update")}</button></p>}
      {refused.value.length > 0 && <p class="outbox__line"><button class="linkish" type="button" onClick={() => void open()}>{ngettext("%(num)s answer not taken", "%(num)s answers not taken", refused.value.length)}</button></p>}
      {(count > 0 || !online.value) && <p class="outbox__line">{!online.value && <Icon name="lucide-cloud-off" />}{inWords(count)}</p>}
      {queue.value.length > 0 && (
        <p class="outbox__line"><button class="linkish" type="button" onClick={() => void open()}>{_("Details")}</button></p>
      )}
    </div>
  );
}

/** « Hors ligne · 3 en attente ». */
function inWords(count: number): string {
  const parts = online.value ? [] : [_("Offline")];
  if (count > 0) parts.push(ngettext("%(num)s waiting", "%(num)s waiting", count));
  if (online.value && leaving.value) parts.push(_("sending…"));
  return parts.join(lang() === "fr" ? "\u00a0· " : " · ");
}
