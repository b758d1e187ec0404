/** The map that moves under a crosshair: the finger or the arrow keys bring the ground to the point, not the point to the ground. */
import { useEffect, useRef } from "preact/hooks";
import { _ } from "@/i18n";
import type { Point } from "@/places/distance";
import type { Pack } from "@/places/types";
import { Icon } from "@/ui/icon";

interface Props {
  pack: Pack;
  /** Where the crosshair stands first, asked once the map is there; else in the middle of the doors. */
  start: () => Point | undefined;
  onMove: (lon: number, lat: number) => void;
  /** The map cannot be had: a street and a number remain. */
  onFail: () => void;
}

const ZOOM = 17.2;

export function MarkMap({ pack, start, onMove, onFail }: Props) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const left = new AbortController();
    open(box.current!, pack, start, onMove, left.signal).catch((error: unknown) => {
      if (left.signal.aborted) return;
      console.warn("map", error);
      onFail();
    });
    return () => left.abort();
  }, []);
  return (
    <div class="pointing__map">
      <div class="livemap" ref={box} />
      <span class="crosshair" aria-hidden="true"><Icon name="lucide-crosshair" /></span>
      <details class="credit"><summary><Icon name="lucide-info" /><span class="sr">{_("Map sources")}</span></summary><p>{pack.process.attribution}</p></details>
      <p class="sr" id="mark-help">{_("Move the map with a finger or the arrow keys: the point is in its middle.")}</p>
    </div>
  );
}

/** A map that comes late, once the person has turned to a street and a number, must not answer in their place. */
async function open(container: HTMLElement, { process, places }: Pack, start: Props["start"], onMove: Props["onMove"], left: AbortSignal): Promise<void> {
  const [{ createMap, loaded }, { locateButton, showPosition }, { middleOf }] = await Promise.all([import("@/map/maplibre"), import("@/map/live"), import("@/map/pins")]);
  if (left.aborted) return;
  const map = createMap(container, { basemap: process.basemap ?? "", bounds: process.bounds, attribution: "" });
  left.addEventListener("abort", () => map.remove());
  await loaded(map).catch((error: unknown) => {
    if (!left.aborted) map.remove();
    throw error;
  });
  if (left.aborted) return;
  left.addEventListener("abort", showPosition(map));
  container.append(...locateButton(map));
  map.getCanvas().setAttribute("aria-describedby", "mark-help");
  const tell = () => onMove(map.getCenter().lng, map.getCenter().lat);
  map.on("moveend", tell);
  const at = start();
  map.jumpTo({ center: at ? [at.lon, at.lat] : middleOf(places), zoom: ZOOM });
  tell();
}
