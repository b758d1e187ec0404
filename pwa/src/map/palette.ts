/** The colours of the look, read from the page's own tokens so that dark mode and towns are followed. */
export interface Palette {
  ground: string;
  street: string;
  building: string;
  shop: string;
  water: string;
  green: string;
  label: string;
  heat: [string, string, string, string, string];
}

export function readPalette(read: (token: string) => string): Palette {
  const heat = [1, 2, 3, 4, 5].map((step) => read(`--heat-${step}`)) as Palette["heat"];
  const [ground, street, building, shop, water, green, label] = MAP_TOKENS.map((token) => read(`--map-${token}`)) as MapColours;
  return { ground, street, building, shop, water, green, label, heat };
}

const MAP_TOKENS = ["ground", "street", "building", "shop", "water", "green", "label"];
type MapColours = [string, string, string, string, string, string, string];

export function pagePalette(): Palette {
  const styles = getComputedStyle(document.documentElement);
  return readPalette((token) => styles.getPropertyValue(token).trim());
}
