/** Words, numbers and days in the page's language; English is the source, French comes from the .po catalogues. */
import french from "virtual:messages";

type Values = Record<string, string | number>;

export type Lang = "fr" | "en";

/** French unless the page says English; the service worker has no page. */
export function lang(): Lang {
  return typeof document !== "undefined" && document.documentElement.lang.startsWith("en") ? "en" : "fr";
}

/** The message in the page's language, with `%(name)s` filled from `values`. */
export function _(message: string, values: Values = {}): string {
  const found = lang() === "fr" ? french[message] : undefined;
  return fill(typeof found === "string" ? found : message, values);
}

/** The form of the message that suits `n`; `%(num)s` is `n` as this language writes numbers. */
export function ngettext(one: string, many: string, n: number, values: Values = {}): string {
  const forms = lang() === "fr" ? french[one] : undefined;
  const single = lang() === "fr" ? n < 2 : n === 1;
  const form = Array.isArray(forms) ? forms[single ? 0 : 1] : undefined;
  return fill(form ?? (single ? one : many), { num: number(n), ...values });
}

function fill(message: string, values: Values): string {
  return message.replace(/%\((\w+)\)s/g, (hole, name: string) => String(values[name] ?? hole));
}

/** « 1 234,5 » with narrow no-break spaces in French, "1,234.5" in English. */
export function number(value: number): string {
  // Most numbers here are small; the first formatter costs a cheap phone more than the rest of a screen.
  if (value >= 0 && value < 999.9995) return String(Math.round(value * 1000) / 1000).replace(".", lang() === "fr" ? "," : ".");
  return new Intl.NumberFormat(lang() === "fr" ? "fr-FR" : "en-GB").format(value);
}

/** « 150 m », « 1,2 km »: whole metres below a kilometre, one decimal above. */
export function metres(value: number): string {
  const space = lang() === "fr" ? "\u202f" : "\u00a0";
  const whole = Math.round(value);
  if (whole < 1000) return `${whole}${space}m`;
  return `${number(Math.round(whole / 100) / 10)}${space}km`;
}

/** « 12 mars », « 12 mars 2027 » in another year than this one; the argument is an ISO date, read as a day and never shifted by a time zone. */
export function shortDay(iso: string, now = new Date()): string {
  return iso.startsWith(String(now.getFullYear())) ? dayAlone(iso) : day(iso);
}

function dayAlone(iso: string): string {
  const date = new Date(`${iso.slice(0, 10)}T00:00:00Z`);
  if (Number.isNaN(date.getTime())) return "";
  const text = new Intl.DateTimeFormat(lang() === "fr" ? "fr-FR" : "en-GB", { day: "numeric", month: "long", timeZone: "UTC" }).format(date);
  return lang() === "fr" ? text.replace(/^1 /, "1er ") : text;
}

/** « 1er mai 2026 », "1 May 2026". */
export function day(iso: string): string {
  const text = dayAlone(iso);
  return text && `${text} ${iso.slice(0, 4)}`;
}

/** Today as an ISO date where the person stands; shown in « Mes avis », never used for order. */
export function today(now: Date): string {
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}
