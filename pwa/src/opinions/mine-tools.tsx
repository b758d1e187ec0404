/** What one may do with all of one's answers: take them out as a file, erase them, lend the phone to somebody. */
import { useState } from "preact/hooks";
import { _ } from "@/i18n";
import { online } from "@/offline/status";
import { saveFile } from "@/opinions/save";
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
}

export function MineTools({ process, said, pack }: Props) {
  return (
    <div class="mine__tools">
      <button class="button button--quiet" type="button" onClick={() => saveFile("devanture-mes-avis.json", mineAsFile(said, pack))}><Icon name="lucide-download" />{_("Export my answers")}</button>
      <ForAnother />
      <More title={_("Erase all that I said here")}><Erase process={process} /></More>
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

/** A form of the server, as on its own page: erasing must be its word, so it needs the network. */
function Erase({ process }: { process: string }) {
  const [offline, setOffline] = useState(false);
  const send = (event: SubmitEvent) => {
    setOffline(!online.value);
    if (!online.value) event.preventDefault();
  };
  return (
    <form method="post" action={`/${process}/mes-avis/effacer`} onSubmit={send}>
      <p>{_("Every answer is taken back, photos too, and this phone is forgotten. It cannot be undone.")}</p>
      {offline && <p class="note note--red" role="alert">{_("Erasing needs the network: nothing was erased.")}</p>}
      <button class="button button--danger" type="submit">{_("Erase everything")}</button>
    </form>
  );
}
