/** Wakes the parts of a server page that the phone can do more with. */

export type Mount = (element: HTMLElement) => void | Promise<void>;

const known: Record<string, Mount> = {};

/** Each element wakes once; one that fails leaves the server's page as it was. What was woken before is known to later calls. */
export function wake(root: ParentNode, islands: Record<string, Mount> = known): void {
  Object.assign(known, islands);
  for (const element of root.querySelectorAll<HTMLElement>("[data-island]")) {
    const mount = islands[element.dataset["island"] ?? ""];
    if (!mount || "awake" in element.dataset) continue;
    element.dataset["awake"] = "";
    Promise.resolve()
      .then(() => mount(element))
      .catch((error: unknown) => console.error(`island ${element.dataset["island"]}`, error));
  }
}

/** The process that this page belongs to; empty on pages that belong to none. */
export function processOf(element: HTMLElement = document.body): string {
  return element.dataset["process"] ?? document.body.dataset["process"] ?? "";
}

/** A part far down the page, loaded once the person comes near it: it weighs nothing on the first screen. */
export function whenNear(load: () => Promise<Mount>): Mount {
  return (element) => {
    const watcher = new IntersectionObserver(([seen]) => {
      if (!seen?.isIntersecting) return;
      watcher.disconnect();
      void load().then((mount) => mount(element), (error: unknown) => console.warn("island", error));
    }, { rootMargin: "200px" });
    watcher.observe(element);
  };
}
