/** The front of a place, drawn from its own data as web/facade.html draws it; only classes carry colour. */
import { _ } from "@/i18n";
import { signOf } from "@/places/sign";
import type { PackPlace } from "@/places/types";

/** One path and the class that colours it. */
type Stroke = [colour: string, path: string];

const STONE: Stroke[] = [
  ["f-stone", "M0 0h390v172H0z"],
  ["f-cornice", "M0 17h390v7H0z"],
  ["f-sill", "M20 0h40v9H20zM122 0h36v9h-36zM232 0h36v9h-36zM330 0h40v9h-40z"],
  ["f-joint", "M0 26h390M76 34v130M84 34v130M306 34v130M314 34v130"],
];
const PIN: Stroke[] = [
  ["f-sill", "M100 44h54v76h-54zM236 44h54v76h-54zM96 120h62v6H96zM232 120h62v6h-62z"],
  ["f-glass-dark", "M105 49h20v66h-20zM129 49h20v66h-20zM241 49h20v66h-20zM265 49h20v66h-20z"],
  ["f-pin", "M195 124c-4-14-29-24-29-50a29 29 0 0 1 58 0c0 26-25 36-29 50z"],
  ["f-paper", "M195 62a12 12 0 0 1 0 24 12 12 0 0 1 0-24z"],
];
const JOINERY: Stroke[] = [
  ["f-wood", "M88 32h214v132H88z"],
  ["f-wood-dark", "M88 32h214v24H88z"],
  ["f-wood-line", "M92 60v100M298 60v100M232 60v104"],
  ["f-glass-dark", "M246 66h38v46h-38z"],
  ["f-wood-line", "M246 122h38v32h-38z"],
];
const SHUTTER: Stroke[] = [
  ["f-shutter", "M98 60h128v100H98z"],
  ["f-slats", Array.from({ length: 13 }, (_unused, i) => `M98 ${66 + 7 * i}h128`).join("")],
  ["f-wood-dark", "M98 155h128v5H98z"],
];
const WINDOW: Stroke[] = [
  ["f-light", "M98 60h128v84H98z"],
  ["f-goods", "M106 144v-22h20v22zM132 144v-34h16v34zM156 144v-16h26v16zM190 144v-28h24v28z"],
];
const WORKS: Stroke[] = [
  ["f-hoarding", "M98 112h128v48H98z"],
  ["f-stripes", "M98 130l18-18M98 152l40-40M116 160l48-48M142 160l48-48M168 160l48-48M194 160l32-32M218 160l8-8"],
];
const PLOT: Stroke[] = [
  ["f-sky", "M0 0h390v172H0z"],
  ["f-far", "M0 70h54V42h60v34h46V54h50v26h56V46h62v28h62v98H0z"],
  ["f-trunk", "M70 104h7v60h-7zM286 96h8v68h-8zM346 112h6v52h-6z"],
  ["f-lawn", "M0 146q100-14 195-6t195-2v34H0z"],
  ["f-bench", "M130 132h62v5h-62zM130 120h62v5h-62zM136 120v26M186 120v26"],
];
const CROWNS = [[73, 88, 34], [290, 76, 40], [349, 100, 26], [98, 104, 20]] as const;

export function Facade({ place }: { place: PackPlace }) {
  const title = _("Drawing of the front: %(title)s", { title: place.title });
  return (
    <svg class="front" viewBox="0 24 390 148" preserveAspectRatio="xMidYMin slice" role="img" aria-label={place.hint ? `${title}, ${place.hint}` : title}>
      {place.kind === "site" ? <Plot /> : place.kind === "spot" ? <Spot /> : <Shop place={place} />}
      <path class="f-pavement" d="M0 164h390v8H0z" />
    </svg>
  );
}

function Strokes({ all }: { all: Stroke[] }) {
  return <>{all.map(([colour, path]) => <path key={path} class={colour} d={path} />)}</>;
}

function Plot() {
  return (
    <>
      <Strokes all={PLOT} />
      <path class="f-post" d="M219 108h4v56h-4z" />
      <Poster x={200} y={60} />
      <g class="f-tree">{CROWNS.map(([cx, cy, r]) => <circle key={cx} cx={cx} cy={cy} r={r} />)}</g>
    </>
  );
}

/** No door, but a point of the street that somebody marked. */
function Spot() {
  return (
    <>
      <Strokes all={STONE} />
      <Neighbour name={null} left />
      <Neighbour name={null} />
      <Strokes all={PIN} />
    </>
  );
}

function Shop({ place }: { place: PackPlace }) {
  const open = place.state === "occupied";
  return (
    <>
      <Strokes all={STONE} />
      <Neighbour name={place.left} left />
      <Neighbour name={place.right} />
      <Strokes all={JOINERY} />
      <circle class="f-knob" cx="240" cy="120" r="2.6" />
      <text class="f-number" x="195" y="50" text-anchor="middle">{place.number || place.short}</text>
      <Strokes all={open ? WINDOW : SHUTTER} />
      {place.state === "works" ? <Strokes all={WORKS} /> : !open && <Poster x={162} y={64} />}
    </>
  );
}

function Neighbour({ name, left = false }: { name: string | null; left?: boolean }) {
  const shine = left ? 84 : 22;
  const shop: Stroke[] = [
    ["f-shop-wood", "M0 40h146v124H0z"], ["f-shop-sign", "M0 32h146v20H0z"],
    ["f-shop-glass", "M10 64h126v76H10z"], ["f-shop-shine", `M${shine} 140l34-76h12l-34 76z`],
  ];
  return (
    <>
      <g class={`f-shop f-shop--${(name ?? "").length % 3}`} transform={`translate(${left ? -70 : 314} 0)`}><Strokes all={shop} /></g>
      {name && <text class={signOf(name).length > 7 ? "f-sign f-sign--long" : "f-sign"} x={left ? 66 : 324} y="46" text-anchor={left ? "end" : "start"}>{signOf(name)}</text>}
    </>
  );
}

/** The consultation's own poster on the shutter. */
function Poster({ x, y }: { x: number; y: number }) {
  return (
    <g transform={`translate(${x} ${y})`}>
      <rect class="f-paper" width="42" height="54" rx="3" />
      <text class="f-ask" x="21" y="14" text-anchor="middle">{_("WHAT IF…")}</text>
      <path class="f-ink" d="M9 20h9v9H9zM24 20h9v9h-9zM9 35h9v9H9zM22 33h5v5h-5zM29 38h4v6h-4zM22 41h4v3h-4z" />
      <path class="f-paper" d="M12 23h3v3h-3zM27 23h3v3h-3zM12 38h3v3h-3z" />
    </g>
  );
}
