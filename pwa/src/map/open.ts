/** The drawn map, until a tap wakes the live one; beside the list it wakes by itself once the list has painted. */
import { effect } from "@preact/signals";
import { _ } from "@/i18n";
import { frameOf } from "@/map/frame";
import { position, type Position } from "@/places/position";

/** Marks the open map in the history, so that Back closes it, and coming back opens it again. */
const MARK = "#carte";

/** The drawn map stays for a person without WebGL, or without the network on a first visit: then it says why. */
export function wakeLiveMap(element: HTMLElement): void {
  const button = element.querySelector<HTMLButtonElement>("[data-open-map]");
  const said = Object.assign(document.createElement("p"), { className: "overview__said" });
  said.setAttribute("role", "status");
  if (!button) return;
  element.append(said);
  effect(() => void showHere(element, position.value));
  button.addEventListener("click", () => void open(element, button, said));
  if (location.hash === MARK) void open(element, button, said);
  else if (besideList() && !saving()) afterList(() => void open(element, button, said));
}

/** On the drawn map, for as long as it stands; drawn here, told to nobody. */
async function showHere(element: HTMLElement, here: Position | undefined): Promise<void> {
  const drawn = element.querySelector<SVGSVGElement>(":scope > svg[data-across]");
  if (drawn && (here || drawn.querySelector(".here-drawn"))) (await import("@/map/here")).drawHere(drawn, here);
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
    said.textContent = /webgl/i.test(String(error)) ? _("The map cannot be drawn on this phone.") : _("The map needs the network. The list works without it.");
    button.disabled = false;
    if (!navigator.onLine) addEventListener("online", () => void offerToKeep(element, said), { once: true });
  }
}

/** Whoever missed the map once may take it along, now that the network is back. */
async function offerToKeep(element: HTMLElement, said: HTMLElement): Promise<void> {
  const { showKeepMap } = await import("@/map/keep-map");
  said.replaceChildren();
  const offer = Object.assign(document.createElement("div"), { className: "overview__keep" });
  offer.dataset["basemap"] = element.dataset["basemap"];
  offer.dataset["process"] = element.dataset["process"];
  element.querySelector(".overview__keep")?.remove();
  element.after(offer);
  showKeepMap(offer);
}
