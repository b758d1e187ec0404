/** The questions about a vacancy, as places/templates/parts.html draws them. */
import { _, day } from "@/i18n";
import type { PackPlace } from "@/places/types";
import { changes, findings, type Finding } from "@/reports/words";

interface Props {
  process: string;
  place: PackPlace;
}

/** First of all at a door whose vacancy nobody has seen for long; passed over in one tap. */
export function StillVacant({ process, place }: Props) {
  if (!place.stale) return null;
  return (
    <form class="found-form still" method="post" action={actionOf(process, place)} data-island="finding" data-process={process} data-ref={place.ref} aria-labelledby="still">
      <h2 id="still">{_("Still vacant?")}</h2>
      {place.seen && <p class="soft">{_("Last seen vacant on %(day)s.", { day: day(place.seen) })}</p>}
      <Choices all={findings()} />
      <button class="linkish" type="button" data-skip>{_("Skip")}</button>
    </form>
  );
}

/** Only where it is asked for. */
export function NotVacant({ process, place }: Props) {
  return (
    <form class="found-form" method="post" action={actionOf(process, place)} data-island="finding" data-process={process} data-ref={place.ref}>
      <p class="soft">{_("What do you see? The team will check it.")}</p>
      <Choices all={changes()} />
    </form>
  );
}

const actionOf = (process: string, { ref }: PackPlace) => `/${process}/lieux/${ref}/constat`;

function Choices({ all }: { all: [Finding, string][] }) {
  return <div class="found-form__choices">{all.map(([code, label]) => <button key={code} class="button button--quiet" name="finding" value={code}>{label}</button>)}</div>;
}
