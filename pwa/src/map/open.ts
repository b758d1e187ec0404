/** The drawn map, until a tap wakes the live one. */
import { frameOf } from "@/map/frame";

/** Tells a person without WebGL, or without the network for a first visit, that the drawn map stays. */
export function wakeLiveMap(element: HTMLElement): void {
  const button = element.querySelector<HTMLButtonElement>("[data-open-map]");
  button?.addEventListener("click", () => void open(element, button));
}

async function open(element: HTMLElement, button: HTMLButtonElement): Promise<void> {
  button.disabled = true;
  try {
    const { showPlaces } = await import("@/map/live");
    await showPlaces(element, frameOf(element));
    button.remove();
  } catch (error) {
    console.warn("live map", error);
    button.disabled = false;
  }
}
