/** What this phone still keeps, one by one: what each is, how far it is, and a file of it all. */
import { useSignal } from "@preact/signals";
import { render } from "preact";
import { _ } from "@/i18n";
import type { Item } from "@/offline/items";
import { discard } from "@/offline/outbox";
import { isHeld } from "@/offline/rules";
import { sendSoon } from "@/offline/schedule";
import { leaving, online, queue, waiting } from "@/offline/status";
import { advice } from "@/opinions/refused";
import { save } from "@/opinions/save";
import { Icon } from "@/ui/icon";
import "@/opinions/outbox.css";

/** Apart from the bar, which is read out at each change: a sheet is read when it is opened. */
export function showOutbox(): void {
  const host = document.body.appendChild(document.createElement("div"));
  const close = () => (render(null, host), host.remove());
  render(<OutboxSheet onClose={close} />, host);
}

function OutboxSheet({ onClose }: { onClose: () => void }) {
  const saved = useSignal(false);
  const keepFile = async () => {
    await save(queue.value);
    saved.value = true;
  };
  return (
    <dialog class="kept" aria-labelledby="kept" onClose={onClose} ref={(element) => void (element?.isConnected && !element.open && element.showModal())}>
      <h2 id="kept">{_("Kept on this phone")}</h2>
      <p class="soft">{lead()}</p>
      <ul class="kept__list" role="list">{queue.value.map((item) => <Kept key={item.id} item={item} />)}</ul>
      {waiting.value.length > 0 && <button class="button" type="button" onClick={sendSoon}>{_("Send now")}</button>}
      {queue.value.length > 0 && <button class="button button--quiet" type="button" onClick={() => void keepFile()}><Icon name="lucide-download" />{_("Export")}</button>}
      <p class="soft" role="status">{saved.value && _("The file holds everything that waits, photos included: the team can enter it by hand.")}</p>
      <form method="dialog"><button class="button button--quiet">{_("Close")}</button></form>
    </dialog>
  );
}

function lead(): string {
  if (waiting.value.length > 0) return _("Each one is sent by itself as soon as the network lets it through. Nothing is erased before the server has it.");
  return queue.value.length > 0 ? _("The server will not take these. They stay on this phone until you remove them.") : _("Nothing waits any more.");
}

function Kept({ item }: { item: Item }) {
  return (
    <li class={item.refusal ? "kept__one kept__one--refused" : "kept__one"}>
      <strong>{nameOf(item)}</strong>
      {item.title && <span>{item.title}</span>}
      <span class="soft">{stateOf(item)}</span>
      {item.refusal && <span>{advice(item)}</span>}
      {item.refusal && (
        <span class="kept__acts">
          {item.kind === "opinion" && <a href={`/${item.process}/lieux/${item.place}`}>{_("Open the place")}</a>}
          <button class="linkish" type="button" onClick={() => void discard(item.id)}>{_("Remove from this phone")}</button>
        </span>
      )}
    </li>
  );
}

function nameOf(item: Item): string {
  switch (item.kind) {
    case "opinion":
      return item.opinion.withdraw ? _("A wish taken back") : item.person > 0 ? _("Somebody else’s wish") : _("Your wish");
    case "photo":
      return _("A photo");
    case "report":
      return _("A report");
    case "spot":
      return _("A mark on the map");
    case "follow":
      return _("A place followed");
    case "residence":
      return _("About you");
  }
}

/** Waits, on its way, or refused and why. */
function stateOf(item: Item): string {
  if (item.refusal) return _("Refused: %(why)s", { why: item.refusal.detail || item.refusal.code });
  if (leaving.value === item.id) return _("On its way…");
  if (isHeld(item, queue.value)) return item.kind === "photo" ? _("Waits for its wish to arrive") : _("Waits for its mark to arrive");
  return online.value ? _("Waiting") : _("Waiting for the network");
}
