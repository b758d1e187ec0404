/** « Garder la carte (1,2 Mo) »: the live map for a walk without a network, on a tap, its size told first. */
import { useSignal, type Signal } from "@preact/signals";
import { render } from "preact";
import { useEffect } from "preact/hooks";
import { _, number } from "@/i18n";
import { dropMap, keepMap, mapState, type MapState } from "@/offline/map-pack";
import { streetsOf } from "@/offline/streets";
import { Icon } from "@/ui/icon";
import { processOf } from "@/ui/islands";
import "@/map/keep-map.css";

interface Props {
  process: string;
  /** Path of its PMTiles file. */
  basemap: string;
}

/** Where an element says which process and basemap: `data-process`, `data-basemap`. */
export function showKeepMap(element: HTMLElement): void {
  const basemap = element.dataset["basemap"];
  if (basemap) render(<KeepMap process={processOf(element)} basemap={basemap} />, element);
}

/** Draws nothing until it knows the size, nor where a browser keeps nothing. */
export function KeepMap({ process, basemap }: Props) {
  const state = useSignal<MapState | undefined>(undefined);
  const progress = useSignal<number | undefined>(undefined);
  const said = useSignal("");
  const look = async () => (state.value = await mapState(process, basemap).catch(() => undefined));
  useEffect(() => void look(), []);
  const keep = async () => {
    [progress.value, said.value] = [0, ""];
    try {
      await keepMap(process, basemap, (done) => (progress.value = done));
      await streetsOf(process);
      said.value = _("The map is kept: it works without a network.");
    } catch (error) {
      console.warn("map pack", error);
      said.value = isFull(error) ? _("This phone is full: the map is not kept. Your answers are safe.") : _("The map did not download completely, so none of it was kept. Try again where the network is better.");
    }
    progress.value = undefined;
    await look();
  };
  const drop = async () => {
    await dropMap(process);
    said.value = _("The map is removed from this phone.");
    await look();
  };
  if (!state.value && !said.value) return null;
  return (
    <div class="keep-map">
      {progress.value === undefined ? <Offer state={state.value} keep={keep} drop={drop} /> : <Progress done={progress as Signal<number>} />}
      <p class="soft" role="status">{said.value}</p>
    </div>
  );
}

function Offer({ state, keep, drop }: { state: MapState | undefined; keep: () => void; drop: () => void }) {
  if (!state) return null;
  const size = megabytes(state.bytes);
  if (!state.kept) return <button class="button button--quiet" type="button" onClick={keep}><Icon name="lucide-download" />{_("Keep the map (%(size)s)", { size })}</button>;
  return (
    <p class="keep-map__kept">
      <Icon name="lucide-check" /><span>{_("Map kept on this phone (%(size)s)", { size })}</span>
      {state.newer && <button class="linkish" type="button" onClick={keep}>{_("Renew it")}</button>}
      <button class="linkish" type="button" onClick={drop}>{_("Remove it")}</button>
    </p>
  );
}

function Progress({ done }: { done: Signal<number> }) {
  return (
    <label class="keep-map__progress">{_("Keeping the map…")}
      <progress max={1} value={done.value} />
    </label>
  );
}

const isFull = (error: unknown) => (error as DOMException | undefined)?.name === "QuotaExceededError";

/** « 1,2 Mo », rounded up: no phone is told less than it pays. */
function megabytes(bytes: number): string {
  return _("%(number)s MB", { number: number(Math.ceil(bytes / 100_000) / 10) });
}
