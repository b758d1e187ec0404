/** « Facultatif : où habitez-vous ? », once, after the first answer; the sheet itself loads on a tap. */
import { useSignal } from "@preact/signals";
import type { ComponentType } from "preact";
import { _ } from "@/i18n";
import { rememberAsked, wasAsked } from "@/residence/asked";
import type { SheetProps } from "@/residence/sheet";

export interface Sector {
  code: string;
  label: string;
}

/** Draws nothing where it was asked before. `sectors` come with the pack (`process.sectors`). */
export function ResidencePrompt({ process, sectors }: { process: string; sectors: Sector[] }) {
  const asked = useSignal<boolean | "thanks">(wasAsked());
  const sheet = useSignal<ComponentType<SheetProps> | undefined>(undefined);
  if (asked.value === "thanks") return <p class="aside" role="status">{_("Thank you, it is kept.")}</p>;
  if (asked.value) return null;
  const skip = () => {
    rememberAsked(process);
    asked.value = true;
  };
  const open = async () => (sheet.value = (await import("@/residence/sheet")).ResidenceSheet);
  const close = (answered: boolean) => {
    sheet.value = undefined;
    if (answered) asked.value = "thanks";
  };
  const Sheet = sheet.value;
  return (
    <div class="aside">
      {_("Optional: where do you live?")}{" "}
      <button class="linkish" type="button" onClick={() => void open()}>{_("Answer")}</button>{" · "}
      <button class="linkish" type="button" onClick={skip}>{_("Skip")}</button>
      {Sheet && <Sheet process={process} sectors={sectors} onClose={close} />}
    </div>
  );
}
