/** Reads gettext catalogues: the phone speaks from the same .po files as the server's pages. */

export type Messages = Record<string, string | string[]>;

const STRING = /"((?:[^"\\]|\\.)*)"/;

function unescape(line: string): string {
  const found = STRING.exec(line);
  return found ? (JSON.parse(`"${found[1]}"`) as string) : "";
}

/** The entries of one catalogue by msgid; obsolete, fuzzy and untranslated entries are left out. */
export function parsePo(text: string): Messages {
  const messages: Messages = {};
  for (const block of text.split(/\n\s*\n/)) {
    if (/^#,.*\bfuzzy\b/m.test(block)) continue;
    const fields = readFields(block);
    const id = fields.get("msgid");
    if (!id) continue;
    const plural = [...fields].filter(([key]) => key.startsWith("msgstr[")).map(([, value]) => value);
    const value = plural.length > 0 ? plural : fields.get("msgstr");
    if (value !== undefined && value.length > 0 && value[0] !== "") messages[id] = value;
  }
  return messages;
}

function readFields(block: string): Map<string, string> {
  const fields = new Map<string, string>();
  let key = "";
  for (const line of block.split("\n")) {
    if (line.startsWith("#")) continue;
    const keyword = /^(msg\w+(?:\[\d\])?)\s/.exec(line);
    if (keyword) key = keyword[1] ?? "";
    if (key) fields.set(key, (fields.get(key) ?? "") + unescape(line));
  }
  return fields;
}
