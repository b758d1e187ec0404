/** « Merci »: what was kept, undo for ten seconds, what the neighbours said, the next door; opinions/templates/thanks.html online. */
import { useMemo, useState } from "preact/hooks";
import type { ComponentType } from "preact";
import { _ } from "@/i18n";
import { online, queue } from "@/offline/status";
import { orTell, undoOpinion } from "@/opinions/keep";
import { Onward } from "@/opinions/onward";
import { Refused } from "@/opinions/refused";
import type { SayMoreProps } from "@/opinions/say-more";
import { recorded, wishesInWords } from "@/opinions/sentence";
import { ForAnother } from "@/opinions/speaking";
import { receiptOf, type Thanks } from "@/opinions/thanks";
import { PhotoAsk } from "@/photos/ask";
import { InstallAsk } from "@/install/ask";
import { Top } from "@/places/parts";
import { ResidencePrompt } from "@/residence/prompt";
import { ShareButton } from "@/share/share";
import { Icon } from "@/ui/icon";

export function ThanksView({ thanks }: { thanks: Thanks }) {
  const { title, undoing } = thanks;
  const kept = thanks.kept.value;
  const whole = thanks.whole.value;
  const waiting = !whole || queue.value.some(({ id }) => id === kept.id);
  const undone = undoing.value === "done";
  return (
    <>
      {undone ? <Top title={title} /> : <Top title={_("Thank you!")} line={title} />}
      <div class="column thanks">
        <Saved thanks={thanks} />
        <div data-figures class={!thanks.told.value && online.value ? "figures-to-come" : ""} hidden={undone}>
          {!thanks.told.value && (waiting || !online.value) && <p class="soft">{_("What others asked for here needs the network.")}</p>}
        </div>
        {whole && <Onward thanks={thanks} />}
        {whole && <Below thanks={thanks} />}
      </div>
    </>
  );
}

function Below({ thanks }: { thanks: Thanks }) {
  const { process, title, undoing, pack: { value: pack } } = thanks;
  const kept = thanks.kept.value;
  return (
    <>
      {undoing.value !== "done" && (
        <div class="thanks__more">
          <SayMore thanks={thanks} />
          <PhotoAsk process={process} place={kept.place} title={title} opinion={kept.id} />
        </div>
      )}
      <div class="pair">
        <a class="button button--quiet" href={`/${process}/lieux/${kept.place}/suivre`}><Icon name="lucide-bell" />{_("Keep me posted")}</a>
        <ShareButton url={`/${process}/lieux/${kept.place}`} title={title} text={_("What would you like to find at %(place)s?", { place: title })} label={_("Invite a neighbour")} />
      </div>
      <ResidencePrompt process={process} person={kept.person} sectors={pack?.process.sectors ?? []} />
      <InstallAsk process={process} />
      <Foot thanks={thanks} />
    </>
  );
}

function Saved({ thanks }: { thanks: Thanks }) {
  const { undoing, near } = thanks;
  const kept = thanks.kept.value;
  const item = queue.value.find(({ id }) => id === kept.id);
  if (item?.refusal) return <Refused item={item} />;
  const undone = undoing.value === "done";
  return (
    <div class="saved">
      <span class="saved__tick"><Icon name={undone ? "lucide-undo-2" : "lucide-check"} /></span>
      <div>
        <div role="status">
          <p class="saved__what">{undone ? undoneInWords(thanks) : sentence(thanks)}</p>
          {!online.value && <p class="soft">{_("Kept on this phone; it will be sent when the network is back.")}</p>}
        </div>
        {!undone && near.map((line) => <p key={line} class="soft">{line}</p>)}
      </div>
      <Acts thanks={thanks} />
    </div>
  );
}

function sentence({ kept: { value: kept }, pack: { value: pack }, names, title, number }: Thanks): string {
  const { wishes = [], other } = kept.opinion;
  const place = pack?.places.find(({ ref }) => ref === kept.place);
  const known = place ? place.kind !== "spot" && place.number : number;
  return recorded(wishesInWords(wishes, other, names), known || null, title);
}

function undoneInWords({ undo }: Thanks): string {
  const restored = undo?.before && !undo.before.opinion.withdraw;
  return restored ? _("Your earlier wish stands again.") : _("It is taken back.");
}

function Acts({ thanks }: { thanks: Thanks }) {
  const { process, kept, undoing, undo, again } = thanks;
  const door = `/${process}/lieux/${kept.value.place}`;
  if (undoing.value === "done") return <p class="saved__acts"><a class="linkish" href={door}>{_("Answer again")}</a></p>;
  const takeBack = async () => {
    // Only what is safe on the disk is told.
    await undoOpinion(undo!);
    undoing.value = "done";
  };
  return (
    <p class="saved__acts">
      {undo && undoing.value === "offered" ? <button class="linkish" type="button" onClick={() => void orTell(takeBack())}>{_("Undo")}</button> : <a class="linkish" href={door}>{_("Change")}</a>}
      {again && <button class="linkish" type="button" onClick={again}>{_("Add a wish")}</button>}
    </p>
  );
}

/** « En dire plus »: its sheet loads on the tap. */
function SayMore({ thanks }: { thanks: Thanks }) {
  const [sheet, setSheet] = useState<ComponentType<SayMoreProps>>();
  const [added, setAdded] = useState(false);
  const Sheet = sheet;
  const open = async () => {
    const { SayMoreSheet } = await import("@/opinions/say-more");
    setSheet(() => SayMoreSheet);
  };
  const close = (said: boolean) => {
    setSheet(undefined);
    setAdded(said);
  };
  if (added) return <span class="saved__added" role="status">{_("Added, thank you.")}{thanks.renewed && ` ${_("New receipt below; the earlier one will say “replaced”.")}`}</span>;
  return (
    <>
      <button class="linkish" type="button" onClick={() => void open()}>{_("Say more")}</button>
      {Sheet && <Sheet thanks={thanks} onClose={close} />}
    </>
  );
}

function Foot({ thanks }: { thanks: Thanks }) {
  const receipt = useMemo(() => receiptOf(thanks), [thanks]).value;
  const { process, undoing } = thanks;
  return (
    <div class="thanks__foot">
      {receipt && undoing.value !== "done" && (
        <p>{_("Receipt")} <a class="receipt" href={`/${process}/recu?mot=${receipt}`}>{receipt}</a></p>
      )}
      <p><ForAnother /></p>
      <p><a href={`/${process}/mes-avis`}>{_("My answers")}</a> · <a href={`/${process}/resultats`}>{_("Results")}</a></p>
    </div>
  );
}
