/** Where the words come from: the server's French first, then what only the phone says. */
import { fileURLToPath } from "node:url";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export const catalogues = [at("../../server/devanture/locales/fr/LC_MESSAGES/devanture.po"), at("../src/i18n/fr.po")];
