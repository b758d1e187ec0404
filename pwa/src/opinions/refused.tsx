/** A refusal that cannot succeed: why, what is safe, what to do. */
import { _ } from "@/i18n";
import { discard } from "@/offline/outbox";
import type { Item } from "@/offline/items";

/** What a person can do about each final refusal (docs/api.md). */
function advice(code: string): string {
  switch (code) {
    case "phase-closed":
      return _("The consultation no longer takes answers. Your words stay on this phone; you may export them.");
    case "place-closed":
    case "unknown-place":
    case "unknown-process":
      return _("This place is no longer in the consultation. Choose another door nearby.");
    case "unknown-activity":
    case "too-many-wishes":
      return _("The list has changed since. Open the place again and choose anew.");
    default:
      return _("Open the place again and answer anew; if it happens twice, export your answers and send them to the team.");
  }
}

export function Refused({ item }: { item: Item }) {
  return (
    <div class="note note--red" role="alert">
      <p><strong>{_("Not taken: %(title)s.", { title: item.title })}</strong> {item.refusal?.detail}</p>
      <p>{advice(item.refusal?.code ?? "")}</p>
      <p>
        <a href={`/${item.process}/lieux/${item.place}`}>{_("Open the place")}</a>{" · "}
        <button class="linkish" type="button" onClick={() => void discard(item.id)}>{_("Remove from this phone")}</button>
      </p>
    </div>
  );
}
