/** The closed list of what one may find at a door (docs/api.md). */
import { _ } from "@/i18n";

export type Finding = "vacant" | "occupied" | "works" | "not-found";

export const findings = (): [Finding, string][] => [
  ["vacant", _("still vacant")], ["occupied", _("occupied")], ["works", _("under works")], ["not-found", _("I cannot find it")],
];

/** For who says that it is vacant no longer: what it is now comes first. */
export const changes = (): [Finding, string][] => {
  const [vacant, ...others] = findings();
  return [...others, vacant!];
};
