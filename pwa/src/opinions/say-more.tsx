/** « En dire plus »: one question a sheet, each passed over in one tap; what was said joins the answer when the sheet closes. */
import { useEffect, useRef, useState } from "preact/hooks";
import { _ } from "@/i18n";
import { Chip, frequencies, nuisances } from "@/opinions/form-view";
import { keepOpinion, orTell } from "@/opinions/keep";
import { personalInWords } from "@/opinions/personal-note";
import { queue } from "@/offline/status";
import type { Thanks } from "@/opinions/thanks";
import type { Intention } from "@/opinions/types";

export interface SayMoreProps {
  thanks: Thanks;
  /** Told whether anything was added. */
  onClose: (said: boolean) => void;
}

type More = Pick<Intention, "frequency" | "nuisances" | "comment">;

const STEPS = ["frequency", "nuisances", "comment"] as const;

export function SayMoreSheet({ thanks, onClose }: SayMoreProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const more = useRef<More>({});
  const [step, setStep] = useState(0);
  useEffect(() => dialog.current!.showModal(), []);
  useEffect(() => dialog.current!.querySelector("h2")!.focus(), [step]);
  const end = async () => {
    const said = Object.keys(more.current).length > 0;
    onClose(said && (await orTell(addTo(thanks, more.current))));
  };
  const next = (said: More = {}) => {
    Object.assign(more.current, said);
    if (step + 1 < STEPS.length) setStep(step + 1);
    else dialog.current!.close();
  };
  return (
    <dialog ref={dialog} class="sheet" aria-labelledby="say-more" onClose={() => void end()}>
      <p class="soft sheet__step">{_("%(step)s of %(all)s", { step: step + 1, all: STEPS.length })}</p>
      <Question step={STEPS[step]!} next={next} />
      <div class="sheet__acts">
        <button class="button button--quiet" type="button" onClick={() => next()}>{_("Skip")}</button>
        <button class="linkish" type="button" onClick={() => dialog.current!.close()}>{_("Close")}</button>
      </div>
    </dialog>
  );
}

/** A change of the answer: what never left the phone is replaced, and undo takes all of it back. */
async function addTo(thanks: Thanks, more: More): Promise<void> {
  const { v: _version, seq: _seq, person: _person, ...words } = thanks.kept.value.opinion;
  const { process, title } = thanks;
  const gone = queue.value.every(({ id }) => id !== thanks.kept.value.id);
  const said = await keepOpinion({ process, title, person: thanks.kept.value.person }, { ...words, ...more });
  if (thanks.undo) thanks.undo = { item: said.item, before: thanks.undo.before };
  // The receipt was for the sending that this one replaces.
  const { receipt: _past, ...kept } = thanks.kept.value;
  const { item: { id, opinion }, receipt } = said;
  thanks.renewed = gone;
  thanks.kept.value = { ...kept, id, opinion, ...(receipt ? { receipt } : {}) };
}

function Question({ step, next }: { step: (typeof STEPS)[number]; next: (said?: More) => void }) {
  if (step === "frequency") return <Often next={next} />;
  return step === "nuisances" ? <Disturbs next={next} /> : <Comment next={next} />;
}

const Title = ({ children }: { children: string }) => <h2 id="say-more" tabIndex={-1}>{children}</h2>;

/** One answer, so one tap. */
function Often({ next }: { next: (said: More) => void }) {
  return (
    <>
      <Title>{_("How often would you come?")}</Title>
      <div class="sheet__choices">
        {frequencies().map(([code, label]) => <button key={code} class="button button--quiet" type="button" onClick={() => next({ frequency: code })}>{label}</button>)}
      </div>
    </>
  );
}

function Disturbs({ next }: { next: (said?: More) => void }) {
  const send = (event: SubmitEvent) => {
    event.preventDefault();
    const chosen = new FormData(event.currentTarget as HTMLFormElement).getAll("nuisances").map(String);
    next(chosen.length > 0 ? { nuisances: chosen } : undefined);
  };
  return (
    <form class="ask" onSubmit={send}>
      <fieldset class="group">
        <legend><Title>{_("What would bother you here?")}</Title></legend>
        <div class="chips">{nuisances().map(([code, label]) => <Chip key={code} name="nuisances" value={code} label={label} />)}</div>
      </fieldset>
      <p class="soft">{_("Read by the team only, never about one kind of shop.")}</p>
      <button class="button" type="submit">{_("Continue")}</button>
    </form>
  );
}

function Comment({ next }: { next: (said?: More) => void }) {
  const [text, setText] = useState("");
  const warning = personalInWords(text);
  const send = (event: SubmitEvent) => {
    event.preventDefault();
    next(text.trim() ? { comment: text.trim() } : undefined);
  };
  return (
    <form class="ask" onSubmit={send}>
      <label for="more-comment"><Title>{_("A word to add")}</Title></label>
      <textarea class="field" id="more-comment" rows={4} maxLength={1000} value={text} onInput={(event) => setText(event.currentTarget.value)} aria-describedby="more-said" />
      <p class={warning ? "note note--red" : "soft"} id="more-said" role="status">{warning || _("No name, no telephone number, please.")}</p>
      <button class="button" type="submit">{warning ? _("Send it all the same") : _("Send")}</button>
    </form>
  );
}
