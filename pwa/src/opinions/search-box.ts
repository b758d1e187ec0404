/** The search field above the families: it narrows the form's own choices, so that nothing is chosen twice. */
import { _, lang, ngettext } from "@/i18n";
import { keptPack } from "@/offline/pack";
import { matches } from "@/opinions/search";
import { drawIcon } from "@/ui/dom";
import { processOf } from "@/ui/islands";

type Synonyms = Map<string, string[]>;

export function offerSearch(form: HTMLFormElement): void {
  const slot = form.querySelector<HTMLElement>("[data-search]");
  if (!slot) return;
  const { input, found } = buildBox(slot);
  let synonyms: Synonyms = new Map();
  input.addEventListener("focus", () => void readSynonyms(form).then((read) => (synonyms = read)), { once: true });
  input.addEventListener("input", () => {
    const count = narrow(form, input.value, synonyms);
    found.textContent = input.value.trim() ? inWords(count) : "";
  });
  // Return in a search field must not send an opinion that is half chosen.
  input.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
}

function buildBox(slot: HTMLElement) {
  const label = document.createElement("label");
  label.className = "search";
  const input = document.createElement("input");
  Object.assign(input, { type: "search", className: "field", placeholder: _("Search: bread, bicycle…"), autocomplete: "off" });
  input.setAttribute("aria-label", _("Search for a kind"));
  label.append(drawIcon("lucide-search"), input);
  const found = Object.assign(document.createElement("p"), { className: "sr" });
  found.setAttribute("role", "status");
  slot.append(label, found);
  return { input, found };
}

async function readSynonyms(form: HTMLFormElement): Promise<Synonyms> {
  const pack = await keptPack(processOf(form), lang()).catch(() => undefined);
  return new Map(pack?.activities.map(({ code, synonyms }) => [code, synonyms]));
}

function inWords(count: number): string {
  return ngettext("%(num)s kind found", "%(num)s kinds found", count);
}

/** Shows only what answers to the query, opening what holds it; an empty query shows all, folded as before. */
export function narrow(form: HTMLElement, query: string, synonyms: Synonyms): number {
  const asked = query.trim();
  const chips = [...form.querySelectorAll<HTMLElement>(".chip")].filter((chip) => chip.querySelector("input[name=wishes]"));
  let count = 0;
  for (const chip of chips) {
    const box = chip.querySelector("input")!;
    const fits = !asked || matches(asked, [chip.textContent ?? "", ...(synonyms.get(box.value) ?? [])]);
    chip.hidden = !fits && !box.checked;
    count += asked && fits ? 1 : 0;
  }
  for (const fold of form.querySelectorAll<HTMLDetailsElement>("details")) openFor(fold, asked);
  return count;
}

/** Folds of a family close each other by their shared name; while searching several must stand open. */
function openFor(fold: HTMLDetailsElement, asked: string): void {
  const chips = [...fold.querySelectorAll<HTMLElement>(".chip")].filter((chip) => chip.querySelector("input[name=wishes]"));
  if (chips.length === 0) return;
  const family = fold.classList.contains("family");
  if (family) fold.toggleAttribute("name", false);
  const holds = chips.some((chip) => !chip.hidden);
  fold.hidden = family && asked !== "" && !holds;
  fold.open = asked ? holds : chips.some((chip) => chip.querySelector("input")!.checked);
  if (family && !asked) fold.setAttribute("name", "family");
}
