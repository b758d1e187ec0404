/** « Facultatif : où habitez-vous ? », once, after the first answer; the sheet itself loads on a tap. */
import { useSignal } from "@preact/signals";
import type { ComponentType } from "preact";
import { _ } from "@/i18n";
import { rememberAsked, wasAsked } from "@/residence/asked";
import type { Closed, SheetProps } from "@/residence/sheet";

export interface Sector {
  code: string;
  label: string;
}

/** Draws nothing where it was asked before. `sectors` come with the pack (`process.sectors`). */
export function ResidencePrompt({ process, sectors }: { process: string; sectors: Sector[] }) {
  const state = useSignal<"asking" | Closed>(wasAsked() ? "skipped" : "asking");
  const sheet = useSignal<ComponentType<SheetProps> | undefined>(undefined);
  // The focus goes where the buttons were: what it meets there is read aloud, and the keyboard does not start anew.
  if (state.value === "answered") return <p class="aside" role="status" tabIndex={-1} ref={(element) => element?.focus()}>{_("Thank you, it is kept.")}</p>;
  if (state.value === "skipped") return null;
  const skip = () => {
    rememberAsked(process);
    leave("skipped");
  };
  const leave = (how: Closed) => {
    sheet.value = undefined;
    if (how !== "left") state.value = how;
    // Once the sheet is gone: while it is open nothing behind it takes the focus.
    if (how === "skipped") requestAnimationFrame(() => document.querySelector("main")?.focus({ preventScroll: true }));
  };
  const open = async () => (sheet.value = (await import("@/residence/sheet")).ResidenceSheet);
  const Sheet = sheet.value;
  return (
    <div class="aside">
      {_("Optional: where do you live?")}{" "}
      <button class="linkish" type="button" onClick={() => void open()}>{_("Answer")}</button>{" · "}
      <button class="linkish" type="button" onClick={skip}>{_("Skip")}</button>
      {Sheet && <Sheet process={process} sectors={sectors} onClose={leave} />}
    </div>
  );
}
