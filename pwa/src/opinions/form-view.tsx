/** The form of one opinion, drawn from the pack as opinions/templates/form.html draws it. */
import { _, ngettext } from "@/i18n";
import { tapsInWords } from "@/opinions/one-tap";
import { Protects, SupplyTable } from "@/opinions/supply-view";
import { More } from "@/places/parts";
import type { Activity, Family, Pack, PackPlace } from "@/places/types";
import { question } from "@/places/words";
import { Icon } from "@/ui/icon";

interface FormProps {
  pack: Pack;
  place: PackPlace;
}

export function FormView({ pack, place, answered }: FormProps & { answered: boolean }) {
  const { process } = pack;
  const kind = place.kind === "site" ? "site" : "premises";
  const families = pack.families.filter((family) => family.kind === kind);
  const site = place.kind === "site";
  return (
    <form class="ask" method="post" action={`/${process.slug}/lieux/${place.ref}/avis`} data-answered={answered ? "" : undefined} data-island="opinion-form" data-process={process.slug} data-ref={place.ref} data-kind={place.kind} data-max={process.max_wishes}>
      {doorCode() && <input type="hidden" name="door" value={doorCode()} />}
      <input type="hidden" name="families_shown" value={families.map(({ code }) => code).join(",")} />
      <fieldset class="ask__wishes">
        <legend><h2 id="question">{question(place)}</h2></legend>
        <p class="soft one-tap" id="one-tap" data-one-tap>{tapsInWords(answered)}</p>
        <p class="soft limit" id="limit">{ngettext("One wish", "Up to %(num)s wishes", process.max_wishes)}</p>
        <div data-same />
        <div class="families" data-families>
          {families.filter(({ shop }) => shop || site).map((family) => <Folded key={family.code} family={family} activities={activitiesOf(pack, family)} />)}
        </div>
        <div data-search />
        <div class="more">
          <More title={_("Something else")}><Other /></More>
          {!site && <NotAShop pack={pack} families={families.filter(({ shop }) => !shop)} />}
          {!site && <More title={_("Already within a 5-minute walk")} supply><SupplyTable pack={pack} place={place} /></More>}
        </div>
        <Protects place={place} />
      </fieldset>
      <Details />
      <div class="send"><button class="button" type="submit">{_("Send my wish")}</button></div>
      {place.participants > 0 && !answered && <p class="promise" data-after>{participantsInWords(place)}</p>}
      <p class="promise">{_("No account. Your position does not leave this phone.")}</p>
    </form>
  );
}

/** The poster's code, out of the address that it led to. */
const doorCode = () => new URLSearchParams(location.search).get("c") ?? "";

const activitiesOf = (pack: Pack, family: Family) => pack.activities.filter((activity) => activity.family === family.code);

function participantsInWords({ participants }: PackPlace): string {
  return ngettext("%(num)s person has answered; the wishes are shown after yours.", "%(num)s people have answered; the wishes are shown after yours.", participants);
}

function Folded({ family, activities }: { family: Family; activities: Activity[] }) {
  return (
    <details class="family" name="family" data-family={family.code}>
      <summary class="family__name"><Icon name={family.icon} /><span>{family.label}</span></summary>
      <fieldset class="chips"><legend class="sr">{family.label}</legend><Chips activities={activities} /></fieldset>
    </details>
  );
}

function NotAShop({ pack, families }: { pack: Pack; families: Family[] }) {
  if (families.length === 0) return null;
  return (
    <More title={_("Not a shop")}>
      <div data-not-shops={families.flatMap((family) => activitiesOf(pack, family)).map(({ code }) => code).join(" ")}>
        {families.map((family) => (
          <fieldset key={family.code} class="group">
            <legend class={families.length === 1 ? "sr" : undefined}>{family.label}</legend>
            <div class="chips"><Chips activities={activitiesOf(pack, family)} /></div>
          </fieldset>
        ))}
      </div>
    </More>
  );
}

function Chips({ activities }: { activities: Activity[] }) {
  return <>{activities.map(({ code, label, icon }) => <Chip key={code} name="wishes" value={code} label={label} icon={icon} />)}</>;
}

interface ChipProps {
  name: string;
  value: string;
  label: string;
  icon?: string;
  type?: "checkbox" | "radio";
}

export function Chip({ name, value, label, icon, type = "checkbox" }: ChipProps) {
  return <label class={icon ? "chip chip--drawn" : "chip"}><input type={type} name={name} value={value} />{icon && <Icon name={icon} />}<span>{label}</span></label>;
}

function Other() {
  return (
    <>
      <label for="other">{_("In your own words")}</label>
      <input class="field" id="other" name="other" maxLength={120} autocomplete="off" placeholder={_("for instance: a bicycle repair café")} />
    </>
  );
}

export const frequencies = () => [["daily", _("Every day")], ["weekly", _("Every week")], ["monthly", _("Every month")], ["rarely", _("Now and then")]] as const;
export const nuisances = () => [["noise", _("Noise late at night")], ["smells", _("Smells")], ["deliveries", _("Deliveries")]] as const;

function Details() {
  return (
    <details class="ask__more">
      <summary><Icon name="lucide-pencil" /><span>{_("Say more (optional)")}</span></summary>
      <fieldset class="group"><legend>{_("How often would you come?")}</legend><div class="chips">{frequencies().map(([value, label]) => <Chip key={value} name="frequency" type="radio" value={value} label={label} />)}</div></fieldset>
      <fieldset class="group"><legend>{_("What would bother you here?")}</legend><div class="chips">{nuisances().map(([value, label]) => <Chip key={value} name="nuisances" value={value} label={label} />)}</div><p class="soft">{_("Read by the team only, never about one kind of shop.")}</p></fieldset>
      <label for="comment">{_("A word to add")}</label>
      <textarea class="field" id="comment" name="comment" rows={3} maxLength={1000} />
      <p class="soft">{_("No name, no telephone number, please.")}</p>
    </details>
  );
}
