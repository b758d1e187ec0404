/** How far the nearest shop of a kind stands, read from the table of the page. */
import { _, metres } from "@/i18n";

/** « Poissonnerie : à 224 m à pied, au plus près · non vérifié sur place »; empty where the table cannot know. */
export function nearestInWords(form: HTMLElement, code: string): string {
  const supply = form.querySelector<HTMLElement>(".supply");
  const box = form.querySelector(`input[name=wishes][value="${CSS.escape(code)}"]`);
  const within = Number(supply?.dataset["within"]);
  if (!box || !within || notAShop(form).has(code)) return "";
  const kind = box.closest(".chip")?.textContent?.trim() ?? "";
  // The nearest kinds stand in one table, the others in a second one that is folded.
  const row = form.querySelector<HTMLElement>(`.supply [data-activity="${CSS.escape(code)}"]`);
  if (!row) return _("%(kind)s: none recorded within %(far)s", { kind, far: metres(within) });
  const words = _("%(kind)s: the nearest is %(far)s away on foot", { kind, far: metres(Number(row.dataset["nearest"])) });
  return "unchecked" in row.dataset ? `${words} · ${_("not checked on site")}` : words;
}

/** What is no shop is never counted among the shops, so nothing can be said of the nearest. */
function notAShop(form: HTMLElement): Set<string> {
  return new Set((form.querySelector<HTMLElement>("[data-not-shops]")?.dataset["notShops"] ?? "").split(" "));
}
