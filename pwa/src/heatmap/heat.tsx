/** The live heat map: what was asked for and where, by kind, with its key. It reads released tiles only. */
import { signal } from "@preact/signals";
import { render } from "preact";
import "@/map/map.css";
import "@/heatmap/heat.css";
import { breaksOf } from "@/heatmap/classes";
import { HeatControls, type HeatState } from "@/heatmap/controls";
import { heatLayers, type Mode } from "@/heatmap/layers";
import { _, lang, ngettext, number } from "@/i18n";
import { createMap, loaded, vectorSource, type Frame, type Map, type MapClick } from "@/map/maplibre";
import { pagePalette } from "@/map/palette";
import { FIRST_LABEL } from "@/map/style";
import { keptPack, refreshPack } from "@/offline/pack";
import type { Point } from "@/places/distance";
import type { Pack } from "@/places/types";
import { processOf } from "@/ui/islands";

const SOURCE = "heat";
const LAYERS = ["heat-hexagons", "heat-edges", "heat-doors"];
const TOUCHABLE = ["heat-hexagons", "heat-doors"];

export async function showHeat(element: HTMLElement, frame: Frame): Promise<void> {
  const tiles = new URL(element.dataset["tiles"] ?? "", location.href);
  const state: HeatState = { code: signal(element.dataset["activity"] ?? ""), mode: signal<Mode>("hexagons"), breaks: signal<number[]>([]), said: signal("") };
  const container = Object.assign(document.createElement("div"), { className: "livemap" });
  const controls = Object.assign(document.createElement("div"), { className: "heat__over" });
  element.append(container, controls);
  const map = createMap(container, frame);
  await loaded(map);
  const process = processOf(element);
  const pack = (await keptPack(process, lang()).catch(() => undefined)) ?? (await refreshPack(process, lang()).catch(() => undefined));
  if (pack) frameDoors(map, pack.places);
  render(<HeatControls state={state} pack={pack} />, controls);
  draw(map, tiles, state);
  if (pack) nameChoice(state, pack);
}

/** The page's title says what is looked at: « Poissonnerie : là où nous avons demandé ». */
function nameChoice({ code }: HeatState, { families, activities }: Pack): void {
  const title = document.querySelector("h1");
  code.subscribe((chosen) => {
    const kind = [...families, ...activities].find((one) => one.code === chosen)?.label;
    if (title) title.textContent = kind ? _("%(kind)s: where we asked", { kind }) : _("What was asked for, where we asked");
  });
}

/** The doors, not the whole town: nothing was asked elsewhere. */
function frameDoors(map: Map, places: Point[]): void {
  const [lons, lats] = [places.map(({ lon }) => lon), places.map(({ lat }) => lat)];
  if (places.length === 0) return;
  const bounds: [number, number, number, number] = [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
  map.fitBounds(bounds, { padding: { top: 90, bottom: 110, left: 30, right: 30 }, maxZoom: 17, animate: false });
}

function draw(map: Map, tiles: URL, state: HeatState): void {
  const palette = pagePalette();
  let classed = "";
  const removeLayers = () => {
    for (const id of LAYERS) if (map.getLayer(id)) map.removeLayer(id);
  };
  const addLayers = () => {
    removeLayers();
    const layers = heatLayers(SOURCE, state.mode.value, state.breaks.value, palette);
    for (const layer of layers) map.addLayer(layer as unknown as Parameters<Map["addLayer"]>[0], FIRST_LABEL);
  };
  const change = () => {
    classed = "";
    state.breaks.value = [];
    state.said.value = "";
    removeLayers();
    vectorSource(map, SOURCE, addressOf(tiles, state.code.value));
    addLayers();
  };
  // Classes follow what is asked, how it is drawn and how near one looks; panning must not recolour the map.
  const classify = () => {
    const key = [state.code.value, state.mode.value, Math.floor(map.getZoom())].join("/");
    const counts = map.querySourceFeatures(SOURCE, { sourceLayer: state.mode.value }).map(({ properties }) => Number(properties["persons"]));
    if (key === classed || counts.length === 0 || !map.isSourceLoaded(SOURCE)) return;
    classed = key;
    state.breaks.value = breaksOf(counts);
    addLayers();
  };
  state.code.subscribe(change);
  state.mode.subscribe(() => ((classed = ""), addLayers(), classify()));
  map.on("idle", classify);
  map.on("click", TOUCHABLE, (event) => (state.said.value = tell(event, state.code.value)));
}

function addressOf(tiles: URL, code: string): string {
  const url = new URL(tiles);
  if (code) url.searchParams.set("activity", code);
  return url.href;
}

/** « 12, rue Crébillon : 34 personnes sur 120 le demandent ici. » */
function tell(event: MapClick, code: string): string {
  const { persons = 0, answered = 0, title = "" } = event.features?.[0]?.properties ?? {};
  return [title, inWords(Number(persons), Number(answered), code)].filter(Boolean).join(" · ");
}

function inWords(persons: number, answered: number, code: string): string {
  if (!code) return ngettext("%(num)s person answered here", "%(num)s people answered here", persons);
  return ngettext("%(num)s person of %(answered)s asks for it here.", "%(num)s people of %(answered)s ask for it here.", persons, { answered: number(answered) });
}
