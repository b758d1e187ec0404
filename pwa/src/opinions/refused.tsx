/** A refusal that cannot succeed: why, what is safe, what to do. */
import { _ } from "@/i18n";
import { discard } from "@/offline/outbox";
import type { Item } from "@/offline/items";

/** What a person can do about each final refusal (docs/api.md). */
export function advice({ kind, refusal }: Item): string {
  switch (refusal?.code) {
    case "phase-closed":
      return _("The consultation no longer takes answers. Your words stay on this phone; you may export them.");
    case "place-closed":
    case "unknown-place":
    case "unknown-process":
      return _("This place is no longer in the consultation. Choose another door nearby.");
    case "unknown-activity":
    case "too-many-wishes":
      return _("The list has changed since. Open the place again and choose again.");
    case "bad-coordinates":
      return _("This point lies outside the consultation: mark it again, nearer the doors of the list.");
    default:
      return kind === "opinion" ? anew() : ADVICE[kind]();
  }
}

const anew = () => _("Open the place again and answer again; if it happens twice, export your answers and send them to the team.");

const ADVICE = {
  spot: () => _("Mark it again; if it happens twice, export it and send it to the team."),
  report: () => _("Report it again; if it happens twice, export it and send it to the team."),
  photo: () => _("Your wish stands without it. Choose another photo, or none."),
  follow: () => _("Choose another way to be told; the secret link always works."),
  residence: () => _("Your wishes count just the same without it."),
};

export function Refused({ item }: { item: Item }) {
  return (
    <div class="note note--red" role="alert">
      <p><strong>{_("Not taken: %(title)s.", { title: item.title })}</strong> {item.refusal?.detail}</p>
      <p>{advice(item)}</p>
      <p>
        <a href={`/${item.process}/lieux/${item.place}`}>{_("Open the place")}</a>{" · "}
        <button class="linkish" type="button" onClick={() => void discard(item.id)}>{_("Remove from this phone")}</button>
      </p>
    </div>
  );
}
