/** « Ici, il manque… » and « Il manque un local vide »: two buttons; what they open is loaded on the tap. */
import { processOf } from "@/ui/islands";

export type Missing = "spot" | "vacancy";

export function wakeMissing(element: HTMLElement): void {
  const process = processOf(element);
  for (const button of element.querySelectorAll<HTMLButtonElement>("[data-missing]")) {
    button.addEventListener("click", () => void import("@/places/mark-view").then(({ openMark }) => openMark(process, button.dataset["missing"] as Missing)));
  }
}
