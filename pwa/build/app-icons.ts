/** The icons of the installed app, drawn from one awning. */
import { Resvg } from "@resvg/resvg-js";
import type { Plugin } from "vite";

const GREEN = "#0d5c46";
const PAPER = "#fbf7ef";
const RED = "#c8402a";

/** The awning over a door, on a 100 × 100 ground; `inset` keeps the drawing inside a maskable icon's safe circle. */
export function awning(inset: number, radius: number): string {
  const scale = (100 - 2 * inset) / 100;
  const scallops = [0, 1, 2, 3, 4].map((i) => scallop(10 + i * 16, i % 2 === 0 ? PAPER : RED)).join("");
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100"><rect width="100" height="100" rx="${radius}" fill="${GREEN}"/>` +
    `<g transform="translate(${inset} ${inset}) scale(${scale})">${scallops}` +
    `<path d="M18 58v27h64V58" fill="none" stroke="${PAPER}" stroke-width="6" stroke-linejoin="round"/>` +
    `<path d="M43 85V64h14v21" fill="${PAPER}"/></g></svg>`
  );
}

function scallop(x: number, fill: string): string {
  return `<path d="M${x} 20h16v24a8 8 0 0 1-16 0z" fill="${fill}"/>`;
}

function png(svg: string, width: number): Uint8Array {
  return new Resvg(svg, { fitTo: { mode: "width", value: width } }).render().asPng();
}

export function appIcons(): Plugin {
  return {
    name: "devanture-app-icons",
    generateBundle() {
      const [round, square] = [awning(8, 22), awning(18, 0)];
      const files: [string, string | Uint8Array][] = [
        ["icon.svg", round],
        ["icon-192.png", png(round, 192)],
        ["icon-512.png", png(round, 512)],
        ["icon-maskable-512.png", png(square, 512)],
        ["apple-touch-icon.png", png(square, 180)],
      ];
      for (const [fileName, source] of files) this.emitFile({ type: "asset", fileName, source });
    },
  };
}
