/** The tapped door on the live map: what its card says, and the way in. */
import { _ } from "@/i18n";
import type { Pin } from "@/map/pins";
import { drawIcon } from "@/ui/dom";

export function drawDoor({ card, url, label }: Pin, close: () => void): HTMLElement {
  const box = Object.assign(document.createElement("div"), { className: "mapdoor" });
  const head = Object.assign(document.createElement("div"), { className: "mapdoor__head" });
  const shut = Object.assign(document.createElement("button"), { type: "button", className: "mapsheet__button", onclick: close, ariaLabel: _("Close"), title: _("Close") });
  const open = Object.assign(document.createElement("a"), { className: "button", href: url });
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", label);
  shut.append(drawIcon("lucide-x"));
  open.append(drawIcon("lucide-door-open"), _("Open this door’s page"));
  head.append(...[".tile", ".card__text", ".card__far"].flatMap((part) => card.querySelector(part)?.cloneNode(true) ?? []), shut);
  box.append(head, open);
  return box;
}
