/** Wishes in words: « une poissonnerie et une épicerie ». */
import { _, lang } from "@/i18n";

/** The wishes of one opinion as a list in words; codes unknown to `names` stand as they are. */
export function wishesInWords(wishes: string[], other: string | undefined, names: Map<string, string>): string {
  const words = wishes.map((code) => names.get(code) ?? code);
  if (other) words.push(quoted(other));
  return new Intl.ListFormat(lang(), { type: "conjunction" }).format(words);
}

/** In the page's quotation marks. */
export function quoted(words: string): string {
  return lang() === "fr" ? `«\u202f${words}\u202f»` : `“${words}”`;
}

/** « C’est enregistré : une poissonnerie au 12. », « …, devant le 14, rue Crébillon. » */
export function recorded(wishes: string, number: string | null, place: string): string {
  if (!number) return _("Recorded: %(wishes)s. %(place)s.", { wishes, place: lang() === "fr" ? place.slice(0, 1).toLowerCase() + place.slice(1) : place });
  return _("Recorded: %(wishes)s at number %(number)s.", { wishes, number });
}
