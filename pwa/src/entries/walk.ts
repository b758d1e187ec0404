/** The resident's pages: walk, place, thanks, « Mes avis », and the shell that stands in for them offline. */
import "@/ui/index.css";
import "@/phone.css";
import { start } from "@/entries/start";
import { wakeLiveMap } from "@/map/open";
import { wakeForm } from "@/opinions/form";
import { wakeFinder } from "@/places/finder";
import { wakeMissing } from "@/places/missing";
import { wakeThanks } from "@/opinions/thanks";
import { showSpeaker } from "@/opinions/speaking";
import { redrawForAnother, wakeShell } from "@/places/shell";
import { wakeFinding } from "@/reports/finding";
import { wakeShare } from "@/share/share";
import { wakeWalkList } from "@/places/walk-list";
import { whenNear } from "@/ui/islands";

/** One page has each of these three: it loads there only. */
async function mine(element: HTMLElement): Promise<void> {
  await (await import("@/opinions/mine")).wakeMine(element);
}

async function round(element: HTMLElement): Promise<void> {
  await (await import("@/places/round")).wakeRound(element);
}

async function proof(element: HTMLElement): Promise<void> {
  (await import("@/proofs/proof")).wakeProof(element);
}

/** One page has it, few press it: it loads there only. */
async function wakeFollowPush(element: HTMLElement): Promise<void> {
  (await import("@/follows/push")).wakePush(element);
}

const keepMap = whenNear(async () => (await import("@/map/keep-map")).showKeepMap);
const install = whenNear(async () => (await import("@/install/card")).showInstallCard);
const islands = {
  finder: wakeFinder, missing: wakeMissing, round, "walk-list": wakeWalkList, "live-map": wakeLiveMap, "keep-map": keepMap, install, "opinion-form": wakeForm,
  mine, thanks: wakeThanks, finding: wakeFinding, share: wakeShare, "follow-push": wakeFollowPush, proof,
};

showSpeaker();
void redrawForAnother(islands).then(() => start({ ...islands, shell: (element) => wakeShell(element, islands) }));
