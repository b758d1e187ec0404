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

interface Asked {
  process: string;
  /** Who has just answered: each of those who share a phone is asked once. */
  person: number;
  /** They come with the pack (`process.sectors`). */
  sectors: Sector[];
}

/** Draws nothing where it was asked before. */
export function ResidencePrompt({ process, person, sectors }: Asked) {
  const state = useSignal<"asking" | Closed>(wasAsked(person) ? "skipped" : "asking");
  const sheet = useSignal<ComponentType<SheetProps> | undefined>(undefined);
  // The focus goes where the buttons were: what it meets there is read aloud, and the keyboard does not start anew.
  if (state.value === "answered") return <p class="aside" role="status" tabIndex={-1} ref={(element) => element?.focus()}>{_("Thank you, it is kept.")}</p>;
  if (state.value === "skipped") return null;
  const skip = () => {
    rememberAsked(process, person);
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
      <span class="aside__acts">
        <button class="linkish" type="button" onClick={() => void open()}>{_("Answer")}</button>
        <button class="linkish" type="button" onClick={skip}>{_("Skip")}</button>
      </span>
      {Sheet && <Sheet process={process} person={person} sectors={sectors} onClose={leave} />}
    </div>
  );
}
