/** The form of one opinion, drawn from the pack as opinions/templates/form.html draws it. */
import { _, metres, ngettext, number } from "@/i18n";
import { More } from "@/places/parts";
import type { Activity, Family, Pack, PackPlace } from "@/places/types";
import { Icon } from "@/ui/icon";

interface FormProps {
  pack: Pack;
  place: PackPlace;
}

/** The pack counts the shops that far on foot: five minutes at 4.8 km/h (server/devanture/supply/rules.py). */
const WALK_M = 400;

export function FormView({ pack, place, answered }: FormProps & { answered: boolean }) {
  const families = pack.families.filter(({ kind }) => kind === place.kind);
  const of = (family: Family) => pack.activities.filter((activity) => activity.family === family.code);
  const site = place.kind === "site";
  const others = families.filter(({ shop }) => !shop && !site);
  return (
    <form class="ask" data-answered={answered ? "" : undefined} data-island="opinion-form" data-process={pack.process.slug} data-ref={place.ref} data-kind={place.kind} data-max={pack.process.max_wishes}>
      <input type="hidden" name="families_shown" value={families.map(({ code }) => code).join(",")} />
      <fieldset class="ask__wishes">
        <legend><h2>{site ? _("What would you like to do here?") : _("What would you like to find here?")}</h2></legend>
        <p class="soft" id="limit">{limitInWords(pack, place, answered)}</p>
        {!answered && <p class="soft one-tap" id="one-tap" data-one-tap>{oneTapInWords(pack)}</p>}
        <div data-search />
        <div class="families" data-families>
          {families.filter(({ shop }) => shop || site).map((family) => <Folded key={family.code} family={family} activities={of(family)} />)}
        </div>
        <div class="more">
          <More title={_("Something else")}><Other /></More>
          {others.length > 0 && <More title={_("Not a shop")}>{others.map((family) => <Group key={family.code} legend={family.label} activities={of(family)} />)}</More>}
          {!site && <More title={_("Already 5 minutes away")} supply><Supply pack={pack} place={place} /></More>}
        </div>
      </fieldset>
      <Details />
      <div class="send"><button class="button" type="submit">{_("Send my wish")}</button></div>
      <p class="promise">{_("No account. Your position does not leave this phone.")}</p>
    </form>
  );
}

function oneTapInWords({ process }: Pack): string {
  return process.max_wishes > 1 ? _("One tap on a kind sends it; you can undo it or add more.") : _("One tap on a kind sends it; you can undo it.");
}

function limitInWords({ process }: Pack, { participants }: PackPlace, answered: boolean): string {
  const limit = ngettext("One wish", "Up to %(num)s wishes", process.max_wishes);
  if (participants === 0 || answered) return limit;
  return `${limit} · ${ngettext("%(num)s person has answered; the wishes are shown after yours.", "%(num)s people have answered; the wishes are shown after yours.", participants)}`;
}

function Folded({ family, activities }: { family: Family; activities: Activity[] }) {
  return (
    <details class="family" name="family" data-family={family.code}>
      <summary class="family__name"><Icon name={family.icon} /><span>{family.label}</span></summary>
      <fieldset class="chips"><legend class="sr">{family.label}</legend><Chips activities={activities} /></fieldset>
    </details>
  );
}

function Group({ legend, activities }: { legend: string; activities: Activity[] }) {
  return <fieldset class="group"><legend>{legend}</legend><div class="chips"><Chips activities={activities} /></div></fieldset>;
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

function Chip({ name, value, label, icon, type = "checkbox" }: ChipProps) {
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

function Supply({ pack, place }: FormProps) {
  const known = new Map(pack.activities.map((activity) => [activity.code, activity]));
  if (place.supply.length === 0) return <p class="soft">{_("Not surveyed on foot yet.")}</p>;
  return (
    <>
      <h3 class="small">{_("Existing shops around this door")}</h3>
      <table class="supply" data-within={WALK_M}>
        <thead><tr><th scope="col">{_("Kind")}</th><th scope="col">{_("5 min on foot")}</th></tr></thead>
        <tbody>
          {place.supply.map(({ activity, count, nearest_m }) => (
            <tr key={activity} data-activity={activity} data-nearest={nearest_m}>
              <th scope="row">
                <Icon name={known.get(activity)?.icon ?? "maki-shop"} />
                <span>{known.get(activity)?.label ?? activity}{nearest_m !== null && <small>{_("at %(far)s", { far: metres(nearest_m) })}</small>}</span>
              </th>
              <td>{number(count)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function Details() {
  const often = [["daily", _("Every day")], ["weekly", _("Every week")], ["monthly", _("Every month")], ["rarely", _("Now and then")]];
  const disturbs = [["noise", _("Noise late at night")], ["smells", _("Smells")], ["deliveries", _("Deliveries")]];
  return (
    <details class="ask__more">
      <summary><Icon name="lucide-pencil" /><span>{_("Say more (optional)")}</span></summary>
      <fieldset class="group"><legend>{_("How often would you come?")}</legend><div class="chips">{often.map(([value = "", label = ""]) => <Chip key={value} name="frequency" type="radio" value={value} label={label} />)}</div></fieldset>
      <fieldset class="group"><legend>{_("What would disturb here?")}</legend><div class="chips">{disturbs.map(([value = "", label = ""]) => <Chip key={value} name="nuisances" value={value} label={label} />)}</div><p class="soft">{_("Read by the team only, never about one kind of shop.")}</p></fieldset>
      <label for="comment">{_("A word to add")}</label>
      <textarea class="field" id="comment" name="comment" rows={3} maxLength={1000} />
      <p class="soft">{_("No name, no telephone number, please.")}</p>
    </details>
  );
}
