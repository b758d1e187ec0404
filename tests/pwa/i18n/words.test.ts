import { _, metres, ngettext, number, shortDay, today } from "@/i18n";
import { wishesInWords } from "@/opinions/sentence";

function speak(lang: string): void {
  vi.stubGlobal("document", { documentElement: { lang } });
}

test("French says it from the catalogues, English as the code does", () => {
  speak("fr");
  expect(_("Undo")).toBe("Annuler");
  expect(ngettext("%(num)s waiting", "%(num)s waiting", 3)).toBe("3 en attente");
  speak("en");
  expect(_("Undo")).toBe("Undo");
  expect(ngettext("%(num)s kind found", "%(num)s kinds found", 2)).toBe("2 kinds found");
});

test("zero is singular in French and plural in English", () => {
  speak("fr");
  expect(ngettext("%(num)s kind found", "%(num)s kinds found", 0)).toBe("0 proposition");
  speak("en");
  expect(ngettext("%(num)s kind found", "%(num)s kinds found", 0)).toBe("0 kinds found");
});

test("numbers and distances are written as each language does", () => {
  speak("fr");
  expect([number(1234.5), metres(149.6), metres(1234)]).toEqual(["1\u202f234,5", "150\u202fm", "1,2\u202fkm"]);
  speak("en");
  expect([number(1234.5), metres(149.6), metres(1234)]).toEqual(["1,234.5", "150\u00a0m", "1.2\u00a0km"]);
});

test("days are read as days, whatever the phone's time zone", () => {
  speak("fr");
  const now = new Date("2026-06-01T12:00:00Z");
  expect(["2026-05-01", "2026-03-12T23:30:00Z", "2027-06-21", ""].map((iso) => shortDay(iso, now))).toEqual(["1er mai", "12 mars", "21 juin 2027", ""]);
  expect(today(new Date(2026, 10, 23, 0, 30))).toBe("2026-11-23");
});

test("wishes are told in words, with « et » before the last", () => {
  speak("fr");
  const names = new Map([["fishmonger", "une poissonnerie"], ["grocer", "une épicerie"]]);
  expect(wishesInWords(["fishmonger", "grocer"], undefined, names)).toBe("une poissonnerie et une épicerie");
  expect(wishesInWords([], "un jardin", names)).toBe("«\u202fun jardin\u202f»");
});
