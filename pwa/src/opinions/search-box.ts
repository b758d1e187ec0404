/** The search field above the families: it narrows the form's own choices, so that nothing is chosen twice. */
import { _, lang, ngettext } from "@/i18n";
import { keptPack } from "@/offline/pack";
import { matches } from "@/opinions/search";
import { quoted } from "@/opinions/sentence";
import { drawIcon } from "@/ui/dom";
import { processOf } from "@/ui/islands";

type Synonyms = Map<string, string[]>;

export function offerSearch(form: HTMLFormElement): void {
  const slot = form.querySelector<HTMLElement>("[data-search]");
  if (!slot) return;
  const { input, found, own } = buildBox(slot, form.dataset["kind"] === "site");
  let synonyms: Synonyms = new Map();
  const search = () => {
    const count = narrow(form, input.value, synonyms);
    const asked = input.value.trim();
    own.hidden = !asked || count > 0;
    found.className = own.hidden ? "sr" : "search__none";
    found.textContent = asked ? inWords(count) : "";
    own.textContent = _("Say it in your own words: %(words)s", { words: quoted(asked) });
  };
  input.addEventListener("focus", () => void readSynonyms(form).then((read) => ((synonyms = read), search())), { once: true });
  input.addEventListener("input", search);
  own.addEventListener("click", () => {
    const words = input.value.trim();
    input.value = "";
    search();
    sayOther(form, words);
  });
  // Return in a search field must not send an opinion that is half chosen.
  input.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
}

function buildBox(slot: HTMLElement, site: boolean) {
  const label = document.createElement("label");
  label.className = "search";
  const input = document.createElement("input");
  const placeholder = site ? _("Search: bench, tree, games…") : _("Search: bread, bicycle…");
  Object.assign(input, { type: "search", className: "field", placeholder, autocomplete: "off" });
  input.setAttribute("aria-label", _("Search for a kind"));
  label.append(drawIcon("lucide-search"), input);
  const found = Object.assign(document.createElement("p"), { className: "sr" });
  found.setAttribute("role", "status");
  const own = Object.assign(document.createElement("button"), { type: "button", className: "linkish search__own", hidden: true });
  slot.append(label, found, own);
  return { input, found, own };
}

/** « Autre chose » opens with the words that no activity answered to. */
function sayOther(form: HTMLFormElement, words: string): void {
  const other = form.querySelector<HTMLInputElement>("[name=other]")!;
  other.closest("details")!.open = true;
  other.value = words.slice(0, other.maxLength);
  other.dispatchEvent(new Event("input", { bubbles: true }));
  other.focus();
}

async function readSynonyms(form: HTMLFormElement): Promise<Synonyms> {
  const pack = await keptPack(processOf(form), lang()).catch(() => undefined);
  return new Map(pack?.activities.map(({ code, synonyms }) => [code, synonyms]));
}

function inWords(count: number): string {
  return count === 0 ? _("No kind of that name.") : ngettext("%(num)s kind found", "%(num)s kinds found", count);
}

/** Shows only what answers to the query, opening what holds it; an empty query shows all, folded as before. */
export function narrow(form: HTMLElement, query: string, synonyms: Synonyms): number {
  const asked = query.trim();
  const chips = chipsIn(form);
  const wordsOf = (chip: HTMLElement) => [chip.textContent ?? "", ...(synonyms.get(boxOf(chip).value) ?? [])];
  const exact = chips.filter((chip) => asked && matches(asked, wordsOf(chip)));
  const fitting = new Set(exact.length > 0 ? exact : chips.filter((chip) => asked && matches(asked, wordsOf(chip), true)));
  for (const chip of chips) {
    chip.hidden = asked !== "" && !fitting.has(chip) && !boxOf(chip).checked;
    chip.classList.toggle("by-synonym", fitting.has(chip) && !matches(asked, [chip.textContent ?? ""]));
  }
  for (const fold of form.querySelectorAll<HTMLDetailsElement>("details")) openFor(fold, asked);
  return fitting.size;
}

const boxOf = (chip: HTMLElement) => chip.querySelector("input")!;
const chipsIn = (root: HTMLElement) => [...root.querySelectorAll<HTMLElement>(".chip:has(input[name=wishes])")];

/** Folds of a family close each other by their shared name; while searching several must stand open. */
function openFor(fold: HTMLDetailsElement, asked: string): void {
  const chips = chipsIn(fold);
  if (chips.length === 0) return;
  const family = fold.classList.contains("family");
  if (family) fold.toggleAttribute("name", false);
  const shown = chips.filter((chip) => !chip.hidden);
  fold.hidden = family && asked !== "" && shown.length === 0;
  fold.open = asked ? shown.length > 0 : chips.some((chip) => boxOf(chip).checked);
  fold.classList.toggle("by-synonym", shown.length > 0 && shown.every((chip) => chip.classList.contains("by-synonym")));
  if (!family) showGroups(fold, chips, shown.length === 0);
  if (family && !asked) fold.setAttribute("name", "family");
}

/** What is not a shop stays there to be opened, whole, when nothing in it answers. */
function showGroups(fold: HTMLElement, chips: HTMLElement[], whole: boolean): void {
  if (whole) for (const chip of chips) chip.hidden = false;
  for (const group of fold.querySelectorAll<HTMLElement>(".group")) group.hidden = chipsIn(group).every((chip) => chip.hidden);
}
