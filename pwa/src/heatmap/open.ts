/** The heat map of the results page: by itself on wide screens, on a tap where every byte is paid for. */
import { _ } from "@/i18n";
import { frameOf } from "@/map/frame";
import { drawIcon } from "@/ui/dom";

const WIDE = "(min-width: 900px)";

export async function wakeHeatMap(element: HTMLElement): Promise<void> {
  if (matchMedia(WIDE).matches) return open(element);
  const button = Object.assign(document.createElement("button"), { type: "button", className: "float" });
  button.append(drawIcon("lucide-map"), _("Open the map"));
  button.addEventListener("click", () => void open(element).then(() => button.remove()));
  element.append(button);
}

async function open(element: HTMLElement): Promise<void> {
  const said = element.querySelector<HTMLElement>("[role=status]");
  try {
    const { showHeat } = await import("@/heatmap/heat");
    await showHeat(element, frameOf(element));
    said?.remove();
  } catch (error) {
    console.warn("heat map", error);
    if (said) said.textContent = _("The map could not be drawn here; the tables below say the same.");
  }
}
