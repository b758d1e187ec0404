/** « Merci », in place and at once: what was kept, undo for ten seconds, what the neighbours said, the next door. */
import { effect, signal, type Signal } from "@preact/signals";
import { render } from "preact";
import { fetchThanks } from "@/api";
import { _, metres } from "@/i18n";
import * as outbox from "@/offline/outbox";
import { sendSoon } from "@/offline/schedule";
import { online, queue } from "@/offline/status";
import { Refused } from "@/opinions/refused";
import { recorded, wishesInWords } from "@/opinions/sentence";
import { nextDoor, type NextDoor as Next } from "@/places/next";
import { Tile } from "@/places/parts";
import type { Pack } from "@/places/types";
import { Icon } from "@/ui/icon";
import { PhotoAsk } from "@/photos/ask";
import { parsePage } from "@/ui/trusted";

const UNDO_MS = 10_000;
/** Past this, what arrives goes below what the thumb is already reaching for. */
const SETTLED_MS = 1000;

export interface Thanks {
  process: string;
  title: string;
  said: outbox.Said;
  pack: Pack | undefined;
  /** Codes to words, with their article: « une poissonnerie ». */
  names: Map<string, string>;
  answered: Set<string>;
  /** How far the nearest shop of each wished kind is, in words. */
  near: string[];
  /** Whether another wish may join these. */
  more: boolean;
  /** Called once the place's page stands again, its form as it was sent. */
  again: () => void;
}

type Undoing = Signal<"offered" | "over" | "done">;

/** Takes the page's place; Back brings that page again, as it was left. */
export function showThanks(thanks: Thanks): void {
  const main = document.querySelector("main");
  if (!main) return;
  const undoing: Undoing = signal("offered");
  history.pushState({ thanks: true }, "", "#merci");
  const restore = pageKeeper(main);
  addEventListener("popstate", () => (undoing.value === "done" ? location.reload() : (restore(), thanks.again())), { once: true });
  document.title = _("Thank you!");
  document.body.className = "page-thanks";
  main.replaceChildren();
  render(<ThanksView thanks={thanks} undoing={undoing} />, main);
  scrollTo(0, 0);
  main.focus({ preventScroll: true });
  setTimeout(() => undoing.value === "offered" && (undoing.value = "over"), UNDO_MS);
  bringFigures(main, thanks);
}

/** Remembers the page that stands in `main`; the returned function puts it back. */
function pageKeeper(main: HTMLElement): () => void {
  const nodes = [...main.childNodes];
  const { title, body: { className } } = document;
  return () => {
    render(null, main);
    main.replaceChildren(...nodes);
    document.title = title;
    document.body.className = className;
  };
}

function ThanksView({ thanks, undoing }: { thanks: Thanks; undoing: Undoing }) {
  const { process, title, said, pack, answered } = thanks;
  return (
    <>
      <div class="top awning">
        <div class="top__in">
          <h1>{_("Thank you!")}</h1>
          <p>{title}</p>
        </div>
      </div>
      <div class="column">
        <Saved thanks={thanks} undoing={undoing} />
        <div data-figures />
        <NextDoor process={process} next={pack && nextDoor(pack.places, said.item.place, answered)} />
        <div data-figures-late />
        {undoing.value !== "done" && <PhotoAsk process={process} place={said.item.place} title={title} opinion={said.item.id} />}
        <div class="pair">
          <a class="button button--quiet" href={`/${process}/mes-avis`}><Icon name="lucide-message-square-heart" />{_("My answers")}</a>
          <a class="button button--quiet" href={`/${process}/resultats`}><Icon name="lucide-hexagon" />{_("Results")}</a>
        </div>
      </div>
    </>
  );
}

function Saved({ thanks, undoing }: { thanks: Thanks; undoing: Undoing }) {
  const { said } = thanks;
  const item = queue.value.find(({ id }) => id === said.item.id);
  if (item?.refusal) return <Refused item={item} />;
  return (
    <div class="saved" role="status">
      <span class="saved__tick"><Icon name={undoing.value === "done" ? "lucide-undo-2" : "lucide-check"} /></span>
      <div>
        <p class="saved__what">{undoing.value === "done" ? undone(said) : sentence(thanks)}</p>
        {!online.value && <p class="soft">{_("Kept on this phone; it leaves when the network is back.")}</p>}
        {undoing.value !== "done" && thanks.near.map((line) => <p key={line} class="soft">{line}</p>)}
        <p class="saved__acts">
          <Undo process={thanks.process} said={said} undoing={undoing} />
          {undoing.value !== "done" && thanks.more && <button class="linkish" type="button" onClick={() => history.back()}>{_("Add a wish here")}</button>}
        </p>
      </div>
    </div>
  );
}

function sentence({ said, pack, names, title }: Thanks): string {
  const { wishes = [], other, place } = said.item.opinion;
  const number = pack?.places.find(({ ref }) => ref === place)?.number ?? null;
  return recorded(wishesInWords(wishes, other, names), number, title);
}

function undone({ before }: outbox.Said): string {
  const restored = before && !before.opinion.withdraw;
  return restored ? _("Your earlier wish stands again.") : _("It is taken back.");
}

function Undo({ process, said, undoing }: { process: string; said: outbox.Said; undoing: Undoing }) {
  if (undoing.value === "over") return <a class="linkish" href={`/${process}/mes-avis`}>{_("Change it in « My answers »")}</a>;
  if (undoing.value === "done") return <a class="linkish" href={`/${process}/lieux/${said.item.place}`}>{_("Answer again")}</a>;
  const undo = async () => {
    undoing.value = "done";
    await outbox.undo(said);
    sendSoon();
  };
  return <button class="linkish" type="button" onClick={undo}>{_("Undo")}</button>;
}

function NextDoor({ process, next }: { process: string; next: Next | undefined }) {
  if (!next) return <p><a class="button" href={`/${process}/?autour`}>{_("See the other doors")}</a></p>;
  const { place, metres: far } = next;
  return (
    <section class="next" aria-labelledby="next">
      <div class="next__door">
        <Tile place={place} />
        <div>
          <h2 id="next">{_("Next door")}</h2>
          <p class="soft">{place.title} · {metres(far)}</p>
        </div>
      </div>
      <a class="button" href={`/${process}/lieux/${place.ref}`}><Icon name="lucide-arrow-up-right" />{_("I am going there")}</a>
    </section>
  );
}

/** Once the server has the answer, its own thank-you page holds the neighbours' figures: the same words, drawn once. */
function bringFigures(main: HTMLElement, { process, said }: Thanks): void {
  const started = performance.now();
  const stop = effect(() => {
    if (queue.value.some(({ id }) => id === said.item.id)) return;
    queueMicrotask(() => stop());
    void fetchThanks(process, said.item.place, said.item.id).then((page) => {
      const figures = page && parsePage(page).querySelector(".figures");
      const late = performance.now() - started > SETTLED_MS;
      if (figures) main.querySelector(late ? "[data-figures-late]" : "[data-figures]")?.replaceChildren(figures);
    });
  });
}
