/** The dark bar at the foot: offline or not, how many wait, what was refused, and the way to take it out by hand. */
import { render } from "preact";
import { _, lang, ngettext } from "@/i18n";
import { sendSoon } from "@/offline/schedule";
import { online, queue, refused, waiting } from "@/offline/status";
import { save } from "@/opinions/save";
import { newVersion, update } from "@/offline/worker";
import { Icon } from "@/ui/icon";

export function wakeOutboxBar(element: HTMLElement): void {
  render(<OutboxBar />, element);
}

function OutboxBar() {
  const count = waiting.value.length;
  if (newVersion.value && queue.value.length === 0) return <NewVersion />;
  if (online.value && queue.value.length === 0) return null;
  return (
    <div class="outbox__in">
      {refused.value.length > 0 && <p class="outbox__line"><a href={`/${refused.value[0]!.process}/mes-avis`}>{ngettext("%(num)s answer not taken", "%(num)s answers not taken", refused.value.length)}</a></p>}
      {(count > 0 || !online.value) && <p class="outbox__line">{!online.value && <Icon name="lucide-cloud-off" />}{inWords(count)}</p>}
      {queue.value.length > 0 && (
        <p class="outbox__acts">
          {online.value && count > 0 && <button class="linkish" type="button" onClick={sendSoon}>{_("Send now")}</button>}
          <button class="linkish" type="button" onClick={() => void save(queue.value)}>{_("Export")}</button>
        </p>
      )}
    </div>
  );
}

/** « Hors ligne · 3 en attente ». */
function inWords(count: number): string {
  const parts = online.value ? [] : [_("Offline")];
  if (count > 0) parts.push(ngettext("%(num)s waiting", "%(num)s waiting", count));
  if (online.value) parts.push(_("sending…"));
  return parts.join(lang() === "fr" ? "\u00a0· " : " · ");
}

function NewVersion() {
  return (
    <p class="outbox__line">
      {_("A new version is ready.")} <button class="linkish" type="button" onClick={update}>{_("Update")}</button>
    </p>
  );
}
