/** The drawn map, until a tap wakes the live one. */
import { _ } from "@/i18n";
import { frameOf } from "@/map/frame";

/** The drawn map stays for a person without WebGL, or without the network on a first visit: then it says why. */
export function wakeLiveMap(element: HTMLElement): void {
  const button = element.querySelector<HTMLButtonElement>("[data-open-map]");
  const said = Object.assign(document.createElement("p"), { className: "overview__said" });
  said.setAttribute("role", "status");
  if (button) element.append(said);
  button?.addEventListener("click", () => void open(element, button, said));
}

async function open(element: HTMLElement, button: HTMLButtonElement, said: HTMLElement): Promise<void> {
  const ready = () => (button.disabled = false);
  button.disabled = true;
  said.textContent = "";
  try {
    const { showPlaces } = await import("@/map/live");
    await showPlaces(element, frameOf(element), () => (ready(), button.focus({ preventScroll: true })));
  } catch (error) {
    console.warn("live map", error);
    said.textContent = /webgl/i.test(String(error)) ? _("The map cannot be drawn on this phone.") : _("The map needs the network.");
    ready();
  }
}
