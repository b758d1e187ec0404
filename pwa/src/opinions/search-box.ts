/** The search field under the families: it brings the form's own choices below itself, so that nothing is chosen twice. */
import { _, lang, ngettext } from "@/i18n";
import { keptPack } from "@/offline/pack";
import { rank, shown } from "@/opinions/search";
import { quoted } from "@/opinions/sentence";
import { drawIcon } from "@/ui/dom";
import { processOf } from "@/ui/islands";

type Synonyms = Map<string, string[]>;

export function offerSearch(form: HTMLFormElement): void {
  const slot = form.querySelector<HTMLElement>("[data-search]");
  if (!slot) return;
  const { input, said, own, found } = buildBox(slot, form.dataset["kind"] === "site");
  const bring = choicesOf(form, found);
  let synonyms: Synonyms = new Map();
  const search = () => {
    const asked = input.value.trim();
    const count = bring(asked, synonyms);
    form.toggleAttribute("data-searching", asked !== "");
    own.hidden = !asked || count > 0;
    said.className = own.hidden ? "sr" : "search__none";
    said.textContent = asked ? inWords(count) : "";
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
  Object.assign(input, { type: "search", className: "field", placeholder, autocomplete: "off", enterKeyHint: "search" });
  input.setAttribute("aria-label", _("Search for a kind"));
  label.append(drawIcon("lucide-search"), input);
  const said = Object.assign(document.createElement("p"), { className: "sr" });
  said.setAttribute("role", "status");
  const own = Object.assign(document.createElement("button"), { type: "button", className: "linkish search__own", hidden: true });
  const found = Object.assign(document.createElement("div"), { className: "chips found", hidden: true });
  found.setAttribute("role", "group");
  found.setAttribute("aria-label", _("What was found"));
  slot.append(label, said, own, found);
  return { input, said, own, found };
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

const boxOf = (chip: HTMLElement) => chip.querySelector("input")!;

/**
 * Each choice has its home in a family; what answers to a query stands in `found` for as long as it is asked,
 * what its label says before what a synonym says: seen, read out and reached by the keys in that one order.
 */
function choicesOf(form: HTMLElement, found: HTMLElement): (asked: string, synonyms: Synonyms) => number {
  const homes = [...form.querySelectorAll<HTMLElement>(".chip:has(input[name=wishes])")].map((chip) => ({ chip, home: chip.parentElement! }));
  return (asked, synonyms) => {
    const fitting = asked ? fittingTo(asked, homes.map(({ chip }) => chip), synonyms) : [];
    for (const { chip, home } of homes) home.append(chip);
    found.replaceChildren(...fitting);
    found.hidden = fitting.length === 0;
    return fitting.length;
  };
}

/** The best answers first, inside each rank in the form's own order. */
export function fittingTo(asked: string, chips: HTMLElement[], synonyms: Synonyms): HTMLElement[] {
  const ranked = chips.map((chip) => ({ chip, at: rank(asked, chip.textContent?.trim() ?? "", synonyms.get(boxOf(chip).value) ?? []) }));
  const fits = shown(ranked.map(({ at }) => at));
  return ranked.filter(({ at }) => fits(at)).sort((a, b) => a.at - b.at).map(({ chip }) => chip);
}
