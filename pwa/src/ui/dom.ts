/** Where an icon is drawn: the interface's own (Lucide) are few and loaded everywhere, the shops' apart. */
export function symbolOf(name: string): string {
  return `/assets/${name.startsWith("lucide-") ? "icons" : "shops"}.svg#${name}`;
}

/** One symbol of a sprite as an element, for what is built without a view. */
export function drawIcon(name: string): SVGSVGElement {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  use.setAttribute("href", symbolOf(name));
  svg.append(use);
  return svg;
}

const FRAME_MS = 200;

/** Once the next frame has been drawn; in a page that is not seen, where none is, after a moment. */
export function afterFrame(): Promise<void> {
  return new Promise((resolve) => {
    const over = setTimeout(resolve, FRAME_MS);
    requestAnimationFrame(() => void nextTask().then(() => (clearTimeout(over), resolve())));
  });
}

/** Once what runs now, and all that it promised, is done. No timer: those are slowed in a page that is not seen. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage("");
  });
}
