/** « Même souhait ici : une poissonnerie »: from the second door on, one tap. */
import { _ } from "@/i18n";
import { isAnswered } from "@/opinions/one-tap";
import { wishesInWords } from "@/opinions/sentence";
import { sameAt } from "@/opinions/thanks";
import type { Intention, Mine } from "@/opinions/types";
import type { Pack } from "@/places/types";
import { drawIcon } from "@/ui/dom";

const catalogueOf = (kind: string | undefined) => (kind === "site" ? "site" : "premises");

/** Offers this person's latest wish at a place of the same catalogue; nothing where they answered already. */
export function offerSame(form: HTMLFormElement, pack: Pack | undefined, said: Mine[], names: Map<string, string>, send: (same: Intention) => void): void {
  const slot = form.querySelector<HTMLElement>("[data-same]");
  slot?.replaceChildren();
  const kinds = new Map(pack?.places.map(({ ref, kind }) => [ref, kind]));
  const fits = ({ place, opinion }: Mine) => !opinion.withdraw && catalogueOf(kinds.get(place)) === catalogueOf(form.dataset["kind"]);
  const latest = said.find(fits);
  if (!slot || !latest || isAnswered(form)) return;
  const { wishes = [], other } = latest.opinion;
  const button = Object.assign(document.createElement("button"), { type: "button", className: "button button--quiet same" });
  const words = document.createElement("span");
  words.textContent = _("Same wish here: %(wish)s", { wish: wishesInWords(wishes, other, names) });
  button.append(drawIcon("lucide-repeat-2"), words);
  button.addEventListener("click", () => send(sameAt(latest, form.dataset["ref"] ?? "")));
  slot.append(button);
}
