/** A sheet over the live map that never blocks it: three heights by drag or by buttons, drawn by scroll snapping alone. */
import { _ } from "@/i18n";
import { drawIcon } from "@/ui/dom";

const HEIGHTS = ["peek", "half", "full"] as const;
export type Height = (typeof HEIGHTS)[number];

export interface Sheet {
  /** Where the tapped door is shown, above the list. */
  door: HTMLElement;
  show(height: Height): void;
  /** Puts what it holds back where it stood. */
  close(): void;
}

/** Takes `content` in; `host` is the box that the sheet may fill. */
export function openSheet(host: HTMLElement, content: HTMLElement): Sheet {
  const sheet = box("mapsheet");
  const panel = box("mapsheet__panel", "section");
  const door = box("mapsheet__door");
  const stops = { peek: box("mapsheet__stop mapsheet__stop--peek"), half: box("mapsheet__stop mapsheet__stop--half"), full: panel };
  const home = { parent: content.parentElement!, next: content.nextSibling };
  panel.setAttribute("aria-label", _("List of the doors"));
  // Both see-through stops lie before the panel, so that scrolling to one of the three is all there is to a height.
  sheet.append(stops.peek, stops.half, panel);
  const show = (height: Height) => sheet.scrollTo({ top: topOf(sheet, stops[height]), behavior: calm() ? "auto" : "smooth" });
  panel.append(handle(sheet, stops, show), door, content);
  host.append(sheet);
  sheet.scrollTop = topOf(sheet, stops.half);
  return {
    door,
    show,
    close: () => {
      home.parent.insertBefore(content, home.next);
      sheet.remove();
    },
  };
}

function handle(sheet: HTMLElement, stops: Record<Height, HTMLElement>, show: (height: Height) => void): HTMLElement {
  const bar = box("mapsheet__handle");
  const step = (by: number) => show(HEIGHTS[Math.min(2, Math.max(0, at(sheet, stops) + by))]!);
  const more = button("lucide-chevron-up", _("Enlarge the list"), () => step(1));
  const less = button("lucide-chevron-down", _("Reduce the list"), () => step(-1));
  const tell = () => {
    more.ariaDisabled = String(at(sheet, stops) === 2);
    less.ariaDisabled = String(at(sheet, stops) === 0);
  };
  sheet.addEventListener("scroll", tell, { passive: true });
  requestAnimationFrame(tell);
  bar.append(less, box("mapsheet__grip", "span"), more);
  return bar;
}

/** Which of the three heights is nearest to where the sheet now is. */
function at(sheet: HTMLElement, stops: Record<Height, HTMLElement>): number {
  const far = HEIGHTS.map((height) => Math.abs(topOf(sheet, stops[height]) - sheet.scrollTop));
  return far.indexOf(Math.min(...far));
}

function topOf(sheet: HTMLElement, stop: HTMLElement): number {
  const margin = Number.parseFloat(getComputedStyle(stop).scrollMarginTop) || 0;
  return stop.offsetTop - sheet.offsetTop - margin;
}

const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

function box(className: string, tag = "div"): HTMLElement {
  return Object.assign(document.createElement(tag), { className });
}

function button(icon: string, label: string, onclick: () => void): HTMLButtonElement {
  const made = Object.assign(document.createElement("button"), { type: "button", className: "mapsheet__button", onclick, ariaLabel: label, title: label });
  made.append(drawIcon(icon));
  return made;
}
