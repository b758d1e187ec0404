/** The words about what `personalIn` found. */
import { _, lang } from "@/i18n";
import { personalIn, type Personal } from "@/opinions/personal";

/** Empty when there is nothing to point out. */
export function personalInWords(text: string): string {
  const found = personalIn(text).map(named);
  if (found.length === 0) return "";
  const what = new Intl.ListFormat(lang(), { type: "conjunction" }).format(found);
  return _("It seems to contain %(what)s. It stays hidden until someone on the team has read it; better leave it out.", { what });
}

function named(kind: Personal): string {
  switch (kind) {
    case "mail":
      return _("a mail address");
    case "phone":
      return _("a telephone number");
    case "iban":
      return _("a bank account");
    case "plate":
      return _("a number plate");
  }
}
