/** One place with its form, drawn from the pack as places/templates/place.html draws it. */
import { _, shortDay } from "@/i18n";
import { FormView } from "@/opinions/form-view";
import { Protects, SupplyTable } from "@/opinions/supply-view";
import { nearestFirst } from "@/places/distance";
import { Facade } from "@/places/facade";
import { Card, More, State } from "@/places/parts";
import type { Pack, PackPlace } from "@/places/types";
import { NotVacant, StillVacant } from "@/reports/finding-view";
import { Icon } from "@/ui/icon";

interface Props {
  pack: Pack;
  place: PackPlace;
  answered: Set<string>;
}

/** Other doors offered to somebody who stands before another one (server/devanture/places/views.py). */
const NEAREST = 3;

export function PlaceView(props: Props) {
  const { pack, place, answered } = props;
  const hint = place.hint || (place.name !== place.title ? place.name : "");
  const takes = pack.process.open && place.state !== "occupied";
  return (
    <div class="door">
      <div class="door__about">
        <div class="facade awning"><Facade place={place} /></div>
        <div class="door__head">
          <div class="door__name"><h1>{place.title}</h1><State place={place} /></div>
          {hint && <p class="door__hint">{hint}</p>}
          <Decides pack={pack} place={place} />
        </div>
      </div>
      <div class="door__ask">
        {!pack.process.open && <p class="note note--red"><strong>{_("The consultation is closed.")}</strong> {_("Answers are no longer taken; the results stay here.")}</p>}
        {pack.process.open && <StillVacant process={pack.process.slug} place={place} />}
        {takes ? <FormView pack={pack} place={place} answered={answered.has(place.ref)} /> : <Closed pack={pack} place={place} />}
        <WrongDoor {...props} />
      </div>
    </div>
  );
}

function Decides({ pack: { process }, place }: { pack: Pack; place: PackPlace }) {
  if (place.kind === "spot") return null;
  const site = place.kind === "site";
  const handover = process.handover && { asker: process.asker, day: shortDay(process.handover) };
  const decided = handover
    ? site
      ? _("The landowner decides; %(asker)s hands your wishes over on %(day)s.", handover)
      : _("The landlord decides; %(asker)s hands your wishes over on %(day)s.", handover)
    : site ? _("The landowner decides.") : _("The landlord decides.");
  return (
    <p class="note note--amber">
      {!site && place.state === "vacant" && `${_("Vacant premises.")} `}
      <strong>{decided}</strong>
      {place.stance_label && ` ${_("Landlord: %(stance)s.", { stance: place.stance_label })}`}
    </p>
  );
}

function Closed({ pack, place }: { pack: Pack; place: PackPlace }) {
  return (
    <>
      {place.kind !== "site" && <><SupplyTable pack={pack} place={place} level={2} /><Protects place={place} /></>}
      <p><a class="button" href={`/${pack.process.slug}/resultats`}>{_("See the results")}</a></p>
    </>
  );
}

/** The small plan needs the server; the neighbours and the doors around are here. */
function WrongDoor({ pack, place, answered }: Props) {
  const { slug } = pack.process;
  const others = nearestFirst(place, pack.places.filter((one) => one.ref !== place.ref && one.kind === place.kind)).slice(0, NEAREST);
  return (
    <div class="more more--wrong">
      <More title={place.kind === "premises" ? _("This is not the right door") : _("This is not the right place")}>
        <Beside place={place} />
        {others.length > 0 && <h3 class="small">{_("The nearest others")}</h3>}
        {others.length > 0 && <ul class="cards" role="list">{others.map(({ place: near }) => <Card key={near.ref} process={slug} place={near} done={answered.has(near.ref)} />)}</ul>}
        <p><a class="button button--quiet" href={`/${slug}/?autour`}><Icon name="lucide-list" />{_("See the whole list")}</a></p>
      </More>
      {place.kind === "premises" && place.state !== "occupied" && <More title={_("This place is no longer vacant")}><NotVacant process={slug} place={place} /></More>}
    </div>
  );
}

function Beside({ place: { left, right } }: { place: PackPlace }) {
  const sides = [left && _("on the left, %(name)s", { name: left }), right && _("on the right, %(name)s", { name: right })];
  const said = sides.filter(Boolean).join(`${_(";")} `);
  return said ? <p class="soft">{_("As you face it:")} {said}.</p> : null;
}
