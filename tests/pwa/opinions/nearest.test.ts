import { nearestInWords } from "@/opinions/nearest";

/** The form as far as it is read here: a chip, and the shops around in two tables, the nearest kinds and the others. */
function form(): HTMLElement {
  const chip = { closest: () => ({ textContent: " Poissonnerie " }) };
  const rows: Record<string, { dataset: Record<string, string> }> = {
    bakery: { dataset: { activity: "bakery", nearest: "40" } },
    fishmonger: { dataset: { activity: "fishmonger", nearest: "300", unchecked: "" } },
  };
  const find = (selector: string) => {
    if (selector.startsWith("input")) return chip;
    if (selector.startsWith("[data-not-shops]")) return null;
    const code = /data-activity="(.*)"/.exec(selector)?.[1];
    return code ? (rows[code] ?? null) : { dataset: { within: "1200" }, querySelector: (inner: string) => (inner.includes("bakery") ? rows["bakery"] : null) };
  };
  return { querySelector: find } as unknown as HTMLElement;
}

beforeAll(() => vi.stubGlobal("CSS", { escape: (text: string) => text }));
afterAll(() => vi.unstubAllGlobals());

test("a kind that is folded away with the others is near all the same", () => {
  expect(nearestInWords(form(), "fishmonger")).toBe("Poissonnerie\u202f: à 300\u202fm à pied, au plus près · non vérifié sur place");
});

test("a kind of no row is said not to be recorded", () => {
  expect(nearestInWords(form(), "butcher")).toBe("Poissonnerie\u202f: rien de relevé à moins de 1,2\u202fkm");
});
