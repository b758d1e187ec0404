/** One place with its form, drawn from the pack as places/templates/place.html draws it. */
import { _, shortDay } from "@/i18n";
import { FormView } from "@/opinions/form-view";
import { Facade } from "@/places/facade";
import { More, State } from "@/places/parts";
import type { Pack, PackPlace } from "@/places/types";

interface Props {
  pack: Pack;
  place: PackPlace;
}

export function PlaceView({ pack, place, answered }: Props & { answered: boolean }) {
  const hint = place.hint || (place.name !== place.title ? place.name : "");
  return (
    <div class="door">
      <div class="door__about">
        <div class="facade awning"><Facade place={place} /></div>
        <div class="door__head">
          <div class="door__name"><h1>{place.title}</h1><State place={place} /></div>
          {hint && <p class="door__hint">{hint}</p>}
          <Decides pack={pack} place={place} />
          {place.plan && <div class="more"><More title={_("What the local plan protects")}>{place.plan}</More></div>}
        </div>
      </div>
      <div class="door__ask">
        {pack.process.open ? <FormView pack={pack} place={place} answered={answered} /> : <p class="note note--red">{_("The consultation is closed.")}</p>}
        <p class="aside"><a href={`/${pack.process.slug}/`}>{_("This is not the right door")}</a></p>
      </div>
    </div>
  );
}

function Decides({ pack, place }: Props) {
  const { handover } = pack.process;
  return (
    <p class="note">
      <strong>{place.kind === "site" ? _("The owner of the ground decides.") : _("The landlord decides.")}</strong>{" "}
      {handover && _("Your wishes are handed over on %(day)s.", { day: shortDay(handover) })}{" "}
      {place.stance_label && _("Landlord: %(stance)s.", { stance: place.stance_label })}
    </p>
  );
}
