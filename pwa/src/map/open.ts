/** The drawn map, until a tap wakes the live one; beside the list it wakes by itself once the list has painted. */
import { _ } from "@/i18n";
import { frameOf } from "@/map/frame";

/** Marks the open map in the history, so that Back closes it, and coming back opens it again. */
const MARK = "#carte";

/** The drawn map stays for a person without WebGL, or without the network on a first visit: then it says why. */
export function wakeLiveMap(element: HTMLElement): void {
  const button = element.querySelector<HTMLButtonElement>("[data-open-map]");
  const said = Object.assign(document.createElement("p"), { className: "overview__said" });
  said.setAttribute("role", "status");
  if (!button) return;
  element.append(said);
  button.addEventListener("click", () => void open(element, button, said));
  if (location.hash === MARK) void open(element, button, said);
  else if (besideList() && !saving()) afterList(() => void open(element, button, said));
}

const besideList = () => matchMedia("(min-width: 900px)").matches;
const saving = () => (navigator as { connection?: { saveData?: boolean } }).connection?.saveData === true;

function afterList(work: () => void): void {
  const wait = () => ("requestIdleCallback" in globalThis ? requestIdleCallback(work, { timeout: 3000 }) : setTimeout(work, 1000));
  if (document.readyState === "complete") wait();
  else addEventListener("load", wait, { once: true });
}

async function open(element: HTMLElement, button: HTMLButtonElement, said: HTMLElement): Promise<void> {
  if (button.disabled) return;
  button.disabled = true;
  said.textContent = "";
  try {
    const { showPlaces } = await import("@/map/live");
    const close = await showPlaces(element, frameOf(element), () => {
      button.disabled = false;
      button.focus({ preventScroll: true });
    });
    if (besideList()) return;
    if (location.hash !== MARK) history.pushState({ map: true }, "", MARK);
    addEventListener("popstate", function back({ state }: PopStateEvent) {
      // Back from a screen that was opened over the map: the map stands again.
      if ((state as { map?: true } | null)?.map) return;
      removeEventListener("popstate", back);
      close();
    });
  } catch (error) {
    console.warn("live map", error);
    said.textContent = /webgl/i.test(String(error)) ? _("The map cannot be drawn on this phone.") : _("The map needs the network.");
    button.disabled = false;
  }
}
