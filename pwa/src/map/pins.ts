/** The pins of the live map are the cards of the list: what one says, the other says. */

export interface Pin {
  ref: string;
  url: string;
  label: string;
  /** What the list shows in its tile: a number, or a picture. */
  tile: Node[];
  lon: number;
  lat: number;
  kind: "vacant" | "done" | "site" | "spot";
  card: HTMLElement;
}

export function pinsOf(root: ParentNode): Pin[] {
  return [...root.querySelectorAll<HTMLElement>('[data-island="walk-list"] .card[data-ref]')].map((card) => ({
    ref: card.dataset["ref"] ?? "",
    url: card.querySelector("a")?.getAttribute("href") ?? "",
    label: [card.dataset["title"], textOf(card, ".card__hint"), textOf(card, ".state")].filter(Boolean).join(", "),
    tile: [...(card.querySelector(".tile")?.cloneNode(true).childNodes ?? [])],
    lon: Number(card.dataset["lon"]),
    lat: Number(card.dataset["lat"]),
    kind: kindOf(card),
    card,
  }));
}

const textOf = (card: HTMLElement, selector: string) => card.querySelector(selector)?.textContent?.trim();

function kindOf(card: HTMLElement): Pin["kind"] {
  if (card.classList.contains("card--done")) return "done";
  if (card.querySelector(".tile--site")) return "site";
  return card.querySelector(".tile--spot") ? "spot" : "vacant";
}

export function drawPin({ url, label, tile, kind }: Pin): HTMLAnchorElement {
  const link = Object.assign(document.createElement("a"), { className: `pin pin--${kind}`, href: url, title: label });
  link.setAttribute("aria-label", label);
  const body = Object.assign(document.createElement("span"), { className: "pin__in" });
  body.append(...tile);
  link.append(body);
  return link;
}

/** The pins of a card, drawn by the server for the phone's own person or live before it was told: they follow the card, tick and all. */
export function followCard(card: HTMLElement, root: ParentNode = document): void {
  const kind = kindOf(card);
  const url = card.querySelector("a")?.getAttribute("href") ?? "";
  for (const link of root.querySelectorAll(`.overview a[href="${CSS.escape(url)}"]`)) {
    for (const mark of [link, ...link.querySelectorAll(".pin, .dot")]) mark.setAttribute("class", (mark.getAttribute("class") ?? "").replace(/\b(pin|dot)--(vacant|done|site|spot)\b/, `$1--${kind}`));
  }
}

/** The middle of the doors: half of them lie on each side of it. */
export function middleOf(pins: Pick<Pin, "lon" | "lat">[]): [number, number] {
  return [median(pins.map(({ lon }) => lon)), median(pins.map(({ lat }) => lat))];
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
