/** The one question about the person, each part skippable: kept apart, frozen at the first answer, never asked again. */
import { useSignal } from "@preact/signals";
import { _, lang } from "@/i18n";
import { keepWord } from "@/opinions/keep";
import { rememberAsked } from "@/residence/asked";
import { residenceOf } from "@/residence/body";
import type { Sector } from "@/residence/prompt";
import "@/residence/residence.css";

/** How the sheet was closed; whoever only left it may come back. */
export type Closed = "answered" | "skipped" | "left";

export interface SheetProps {
  process: string;
  person: number;
  sectors: Sector[];
  onClose: (how: Closed) => void;
}

type Choice = [code: string, label: string];

const ties = (): Choice[] => [
  ["lives", _("I live here")], ["works", _("I work here")], ["shopkeeper", _("I keep a shop here")], ["passing", _("I am passing by")],
];
const ages = (): Choice[] => [
  ["under-15", _("Under 15")], ["15-29", _("15 to 29")], ["30-44", _("30 to 44")],
  ["45-59", _("45 to 59")], ["60-74", _("60 to 74")], ["75-plus", _("75 or more")],
];

export function ResidenceSheet({ process, person, sectors, onClose }: SheetProps) {
  const failed = useSignal(false);
  const places: Choice[] = [...sectors.map(({ code, label }): Choice => [code, label]), ["elsewhere", _("Elsewhere")]];
  const send = async (event: SubmitEvent) => {
    event.preventDefault();
    const body = residenceOf(new FormData(event.currentTarget as HTMLFormElement), person);
    failed.value = false;
    if (body) failed.value = !(await keepAnswer(process, body));
    if (failed.value) return;
    rememberAsked(process, person);
    onClose(body ? "answered" : "skipped");
  };
  const skip = () => {
    rememberAsked(process, person);
    onClose("skipped");
  };
  return (
    <dialog class="about-you" aria-labelledby="about-you" onClose={() => onClose("left")} ref={(element) => void (element?.isConnected && !element.open && element.showModal())}>
      <form class="ask" onSubmit={(event) => void send(event)}>
        <h2 id="about-you">{_("About you")}</h2>
        <p>{_("To see who has not spoken yet. Answer what you like, skip the rest: your wishes count just the same.")}</p>
        <Group legend={_("Where do you live?")} name="sector" type="radio" choices={places} />
        <Group legend={_("What ties you to this neighbourhood?")} name="ties" type="checkbox" choices={ties()} />
        <Group legend={_("Your age")} name="age" type="radio" choices={ages()} />
        <p class="soft">{_("Kept apart from your wishes, without a name or an address, and never asked again. Published only in groups of 11 people or more.")}</p>
        {failed.value && <p class="note note--red" role="alert">{_("This phone is full: nothing was kept.")}</p>}
        <button class="button" type="submit">{_("Send")}</button>
        <button class="button button--quiet" type="button" onClick={skip}>{_("Skip")}</button>
      </form>
    </dialog>
  );
}

/** False when the phone has no room left for it. */
async function keepAnswer(process: string, body: Record<string, unknown>): Promise<boolean> {
  try {
    await keepWord({ process, lang: lang(), title: _("About you"), kind: "residence", body });
  } catch (error) {
    console.warn("residence", error);
    return false;
  }
  return true;
}

function Group({ legend, name, type, choices }: { legend: string; name: string; type: "radio" | "checkbox"; choices: Choice[] }) {
  return (
    <fieldset class="group">
      <legend>{legend}</legend>
      <div class="chips">
        {choices.map(([code, label]) => (
          <label key={code} class="chip">
            <input type={type} name={name} value={code} />
            <span>{label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
