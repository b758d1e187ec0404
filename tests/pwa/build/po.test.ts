import { choose, idsIn } from "#build/messages.ts";
import { parsePo } from "#build/po.ts";

const CATALOGUE = `# A comment.
msgid ""
msgstr ""
"Language: fr\\n"

#, python-format
msgid "%(num)s waiting"
msgid_plural "%(num)s waiting"
msgstr[0] "%(num)s en attente"
msgstr[1] "%(num)s en attente aussi"

msgid ""
"A long "
"message"
msgstr "Un message \\"long\\"\\n"

#, fuzzy
msgid "Guess"
msgstr "Devinette"

msgid "Untranslated"
msgstr ""
`;

test("a catalogue gives plurals, long and quoted messages, and nothing fuzzy or empty", () => {
  expect(parsePo(CATALOGUE)).toEqual({
    "%(num)s waiting": ["%(num)s en attente", "%(num)s en attente aussi"],
    "A long message": 'Un message "long"\n',
  });
});

test("the messages of a source are the first arguments of its calls", () => {
  const source = 'const a = _("Undo"); ngettext("one", "many", n); label_("no"); _(\n "Split");';
  expect(idsIn(source)).toEqual(["Undo", "one", "Split"]);
});

test("only what the phone names is taken, and a message without French stops the build", () => {
  const catalogue = { Undo: "Annuler", Desk: "Bureau" };
  expect(choose(["Undo"], [catalogue])).toEqual({ Undo: "Annuler" });
  expect(() => choose(["Undo", "Later"], [catalogue])).toThrow("Later");
});
