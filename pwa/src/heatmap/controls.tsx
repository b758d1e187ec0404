/** The choice of what to look at, and the key of the five classes. */
import type { Signal } from "@preact/signals";
import { coloursFor, legendWords } from "@/heatmap/classes";
import type { Mode } from "@/heatmap/layers";
import { _, number } from "@/i18n";
import { pagePalette } from "@/map/palette";
import type { Pack } from "@/places/types";

export interface HeatState {
  /** A family's or an activity's code; empty for everyone who answered. */
  code: Signal<string>;
  mode: Signal<Mode>;
  breaks: Signal<number[]>;
  /** What was tapped, in words. */
  said: Signal<string>;
}

export function HeatControls({ state, pack }: { state: HeatState; pack: Pack | undefined }) {
  return (
    <>
      <div class="heat__ask">
        {pack && <Choice code={state.code} pack={pack} />}
        <div class="heat__modes" role="group" aria-label={_("How it is drawn")}>
          <ModeButton mode="hexagons" label={_("Hexagons")} current={state.mode} />
          <ModeButton mode="doors" label={_("Places")} current={state.mode} />
        </div>
      </div>
      <Key breaks={state.breaks.value} chosen={state.code.value !== ""} />
      <p class="heat__said" role="status">{state.said}</p>
    </>
  );
}

function Choice({ code, pack }: { code: Signal<string>; pack: Pack }) {
  return (
    <label class="heat__choice">
      <span class="sr">{_("What was asked for")}</span>
      <select class="field" value={code.value} onChange={({ currentTarget }) => (code.value = currentTarget.value)}>
        <option value="">{_("Everyone who answered")}</option>
        {pack.families.map((family) => (
          <optgroup key={family.code} label={family.label}>
            <option value={family.code}>{_("All: %(family)s", { family: family.label })}</option>
            {pack.activities.filter((activity) => activity.family === family.code).map((activity) => (
              <option key={activity.code} value={activity.code}>{activity.label}</option>
            ))}
          </optgroup>
        ))}
      </select>
    </label>
  );
}

function ModeButton({ mode, label, current }: { mode: Mode; label: string; current: Signal<Mode> }) {
  return <button type="button" class="heat__mode" aria-pressed={current.value === mode} onClick={() => (current.value = mode)}>{label}</button>;
}

function Key({ breaks, chosen }: { breaks: number[]; chosen: boolean }) {
  if (breaks.length === 0) return <p class="heat__key">{_("No published figure here.")}</p>;
  const colours = coloursFor(breaks, pagePalette().heat);
  return (
    <div class="heat__key">
      <p>{chosen ? _("People who ask for it") : _("People")}</p>
      <ol role="list">
        {legendWords(breaks, number).map((word, i) => (
          <li key={word}><svg viewBox="0 0 10 10" preserveAspectRatio="none" aria-hidden="true"><rect width="10" height="10" fill={colours[i]!} /></svg>{word}</li>
        ))}
      </ol>
    </div>
  );
}
