/** What one may do with all of one's answers: take them out as a file, erase them, lend the phone to somebody. */
import { useState } from "preact/hooks";
import { _ } from "@/i18n";
import type { Stays } from "@/api";
import { eraseAll } from "@/offline/forget";
import { ME, speaking } from "@/offline/persons";
import { wishesInWords } from "@/opinions/sentence";
import { ForAnother } from "@/opinions/speaking";
import type { Mine } from "@/opinions/types";
import { More } from "@/places/parts";
import type { Pack } from "@/places/types";
import { Icon } from "@/ui/icon";

interface Props {
  process: string;
  said: Mine[];
  pack: Pack | undefined;
  onErased: (stays: Stays) => void;
}

export function MineTools({ process, said, pack, onErased }: Props) {
  const takeOut = async () => (await import("@/opinions/save")).saveFile("devanture-mes-avis.json", mineAsFile(said, pack));
  return (
    <div class="mine__tools">
      <button class="button button--quiet" type="button" onClick={() => void takeOut()}><Icon name="lucide-download" />{_("Export my answers")}</button>
      <ForAnother />
      {speaking.value === ME
        ? <More title={_("Erase all that was said on this phone")}><Erase process={process} open={pack?.process.open ?? true} onErased={onErased} /></More>
        : <p class="soft">{_("Each answer can be taken back above. Erasing concerns everybody on this phone: its owner does it, once you have gone back to them.")}</p>}
    </div>
  );
}

/** In words and in codes, so that a person and a program can read it. */
export function mineAsFile(said: Mine[], pack: Pack | undefined): string {
  const names = new Map(pack?.activities.map(({ code, one }) => [code, one]));
  const places = new Map(pack?.places.map(({ ref, title }) => [ref, title]));
  const answers = said.map(({ id, place, title, person, day, receipt, opinion }) => ({
    id, place, title: places.get(place) ?? title, person, day, receipt,
    words: wishesInWords(opinion.wishes ?? [], opinion.other, names),
    opinion,
  }));
  return JSON.stringify({ format: "devanture-answers", version: 1, answers }, null, 2);
}

/** Erasing must be the server's word, so it needs the network: without that word nothing leaves this phone. */
function Erase({ process, open, onErased }: { process: string; open: boolean; onErased: (stays: Stays) => void }) {
  const [state, setState] = useState<"asked" | "busy" | "failed">("asked");
  const erase = async (event: SubmitEvent) => {
    event.preventDefault();
    if (state === "busy") return;
    setState("busy");
    const stays = await eraseAll(process).catch(() => undefined);
    if (stays) onErased(stays);
    else setState("failed");
  };
  return (
    <form method="post" action={`/${process}/mes-avis/effacer`} onSubmit={(event) => void erase(event)}>
      <p>{open ? _("Every answer given on this phone is taken back, whoever gave it, photos too, and the phone is forgotten. It cannot be undone.") : _("The consultation has closed: what was counted stays in the results. This phone is forgotten, and nothing on it leads to your answers any more. It cannot be undone.")}</p>
      <p class="soft">{_("Reports and marks stay: they tell the team about a place, not about you.")}</p>
      {state === "failed" && <NotErased />}
      <button class="button button--danger" type="submit" aria-disabled={state === "busy"}>{_("Erase everything")}</button>
    </form>
  );
}

export function NotErased() {
  return <p class="note note--red" role="alert">{_("Erasing needs the network: nothing was erased on this phone.")}</p>;
}

/** The only sentence of this page that is told once. */
export function ErasedNote({ stays }: { stays: Stays }) {
  return (
    <p class="note note--green" role="status" tabIndex={-1} ref={(element) => element?.focus()}>
      <Icon name="lucide-check" />
      <span>
        {stays === "nothing"
          ? <><strong>{_("Everything is erased.")}</strong> {_("This holds for everybody who answered on this phone: it is unknown here from now on.")}</>
          : <><strong>{_("This phone is forgotten.")}</strong> {_("What was counted before the closing stays in the results; nothing on this phone leads to it any more.")}</>}
      </span>
    </p>
  );
}
