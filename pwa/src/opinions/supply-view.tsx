/** What stands around a door already, as the macros `supply_table` and `protects` of opinions/form.html draw it. */
import { _, day, metres, ngettext, number } from "@/i18n";
import { fold } from "@/opinions/search";
import type { Pack, PackPlace, Supply } from "@/places/types";
import { Icon } from "@/ui/icon";

/** How far the pack looks for the nearest shop of a kind (server/devanture/supply/rules.py). */
const REACH_M = 1200;
/** So many of the nearest kinds are shown at once, the others on a tap. */
const FIRST = 8;

interface Props {
  pack: Pack;
  place: PackPlace;
}

export function SupplyTable({ pack, place, level = 3 }: Props & { level?: 2 | 3 }) {
  const known = new Map(pack.activities.map((activity) => [activity.code, activity]));
  const labelOf = ({ activity }: Supply) => known.get(activity)?.label ?? activity;
  const rows = place.supply.filter(({ activity }) => known.has(activity)).sort((a, b) => a.nearest_m - b.nearest_m || (fold(labelOf(a)) < fold(labelOf(b)) ? -1 : 1));
  const Heading = `h${level}` as const;
  const surveyed = rows.some(({ confirmed }) => confirmed);
  const table = (some: Supply[]) => (
    <table class="supply" data-within={REACH_M}>
      <thead><tr><th scope="col">{_("Kind")}</th><th scope="col">{_("200 m")}</th><th scope="col">{_("5 min on foot")}</th></tr></thead>
      <tbody>{some.map((row) => <Row key={row.activity} row={row} label={labelOf(row)} icon={known.get(row.activity)!.icon} surveyed={surveyed} />)}</tbody>
    </table>
  );
  return (
    <>
      {rows.length > 0 && <Heading class="small" id="supply">{_("Existing shops around this door")}</Heading>}
      {rows.length > 0 && (
        <div class="supply__box" tabIndex={0} role="region" aria-labelledby="supply">
          {table(rows.slice(0, FIRST))}
          {rows.length > FIRST && (
            <details class="supply__rest">
              <summary class="button button--quiet">{ngettext("See %(num)s other", "See the %(num)s others", rows.length - FIRST)}</summary>
              {table(rows.slice(FIRST))}
            </details>
          )}
        </div>
      )}
      <p class="soft" data-source>{sourceInWords(pack, rows)}</p>
    </>
  );
}

function Row({ row, label, icon, surveyed }: { row: Supply; label: string; icon: string; surveyed: boolean }) {
  const { activity, near, count, nearest_m, confirmed } = row;
  return (
    <tr data-activity={activity} data-nearest={nearest_m} data-unchecked={confirmed ? undefined : ""}>
      <th scope="row"><Icon name={icon} /><span>{label}<small>{_("at %(far)s", { far: metres(nearest_m) })}{!confirmed && surveyed && ` · ${_("not checked on site")}`}</small></span></th>
      <td>{number(near)}</td>
      <td>{number(count)}</td>
    </tr>
  );
}

/** Where the figures come from and when, and what nobody has checked: « non relevé » only where nothing is known. */
function sourceInWords({ process: { supply } }: Pack, rows: Supply[]): string {
  if (rows.length === 0) return _("Shops around here: not surveyed.");
  if (!supply?.source) return "";
  const source = `${_("Source: %(source)s", { source: supply.source })}${supply.seen ? `, ${day(supply.seen)}` : ""}.`;
  const checked = rows.filter(({ confirmed }) => confirmed).length;
  if (checked === rows.length) return source;
  return `${source} ${checked ? _("What is not checked on site comes from this source.") : _("Not checked on site yet: by this source.")}`;
}

export function Protects({ place }: { place: PackPlace }) {
  return place.plan ? <p class="protects"><strong>{_("What the plan protects here")}</strong> {place.plan}</p> : null;
}
