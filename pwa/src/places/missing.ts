/** « Ici, il manque… » and « Il manque un local vide »: two buttons; what they open is loaded on the tap. */
import { processOf } from "@/ui/islands";

export type Missing = "spot" | "vacancy";

export const ADDRESSES: Record<Missing, string> = { spot: "#ici", vacancy: "#local-vide" };

export function wakeMissing(element: HTMLElement): void {
  const process = processOf(element);
  const open = (kind: Missing) => void import("@/places/mark-view").then(({ openMark }) => openMark(process, kind));
  reopen(open);
  for (const button of element.querySelectorAll<HTMLButtonElement>("[data-missing]")) {
    button.addEventListener("click", () => open(button.dataset["missing"] as Missing));
  }
}

/** A reload comes back to what was open; the list stands under it again, so that Back leads there. */
function reopen(open: (kind: Missing) => void): void {
  const kind = (Object.keys(ADDRESSES) as Missing[]).find((one) => ADDRESSES[one] === location.hash);
  if (!kind) return;
  history.replaceState(null, "", location.pathname + location.search);
  open(kind);
}
