/** « Mes avis »: what this phone has said, to change or take back, with or without a network. */
import { signal, type Signal } from "@preact/signals";
import { render } from "preact";
import type { Stays } from "@/api";
import { _, lang, shortDay } from "@/i18n";
import { meet } from "@/offline/flush";
import type { Item } from "@/offline/items";
import { onNews } from "@/offline/news";
import { eraseAll } from "@/offline/forget";
import * as outbox from "@/offline/outbox";
import { keptPack } from "@/offline/pack";
import { ME, speakAs, speaking } from "@/offline/persons";
import { queue } from "@/offline/status";
import { keepOpinion, orTell } from "@/opinions/keep";
import { ErasedNote, MineTools, NotErased } from "@/opinions/mine-tools";
import { wishesInWords } from "@/opinions/sentence";
import { Refused } from "@/opinions/refused";
import type { Mine } from "@/opinions/types";
import { PhotoNote } from "@/photos/note";
import { Tile } from "@/places/parts";
import type { Pack, PackPlace } from "@/places/types";
import { Icon } from "@/ui/icon";
import { processOf } from "@/ui/islands";

interface Known {
  said: Mine[];
  pack: Pack | undefined;
}

/**
 * The server's list stays while it knows more than this phone: answers given without JavaScript, or before the
 * phone lost its storage. Then the phone asks for them, and takes over. It is the list of the phone's own person:
 * whoever answers in their place sees their own words, and nobody else's.
 */
export async function wakeMine(element: HTMLElement): Promise<void> {
  const process = processOf(element);
  const listed = element.querySelectorAll(".card").length;
  if (speaking.value !== ME) element.replaceChildren();
  if ((await outbox.everyone(process)).length < listed) await meet(process);
  const known = signal<Known>(await read(process));
  onNews(() => void read(process).then((now) => (known.value = now)));
  const erased = signal<Stays | undefined>(undefined);
  // What was set aside only the server knows: its words about an answer go on standing beside it.
  const asides = new Map([...element.querySelectorAll<HTMLElement>("[data-aside]")].map((note) => [note.dataset["aside"] ?? "", note.textContent ?? ""]));
  const takeOver = () => (element.replaceChildren(), render(<List {...{ process, known, erased, asides }} />, element));
  if (speaking.value !== ME || known.value.said.length >= listed) return takeOver();
  eraseBy(element.querySelector(`form[action$="/effacer"]`), process, (stays) => ((erased.value = stays), takeOver()));
}

/** The server's own form: what this phone keeps must go with what the server holds. */
function eraseBy(form: HTMLFormElement | null, process: string, onErased: (stays: Stays) => void): void {
  form?.addEventListener("submit", (event) => {
    event.preventDefault();
    void eraseAll(process).catch(() => undefined).then((stays) => (stays ? onErased(stays) : render(<NotErased />, form)));
  });
}

async function read(process: string): Promise<Known> {
  return { said: await outbox.everyone(process), pack: await keptPack(process, lang()) };
}

interface ListProps {
  process: string;
  known: Signal<Known>;
  erased: Signal<Stays | undefined>;
  asides: Map<string, string>;
}

function List({ process, known, erased, asides }: ListProps) {
  const { pack } = known.value;
  const said = shownTo(speaking.value, known.value.said);
  if (said.length === 0) return <>{erased.value && <ErasedNote stays={erased.value} />}<Empty process={process} /></>;
  const persons = [...new Set(said.map(({ person }) => person))].sort();
  return (
    <>
      <p class="soft">{_("You may change or take back each one while the consultation is open.")}</p>
      {persons.map((person) => <Person key={person} {...{ person, pack, asides }} said={said.filter((kept) => kept.person === person)} />)}
      <MineTools {...{ process, said, pack }} onErased={(stays) => (erased.value = stays)} />
    </>
  );
}

/** The phone's own person sees what everybody said on it, to go on for them; whom it was lent to, what they said. */
export function shownTo(person: number, said: Mine[]): Mine[] {
  return person === ME ? said : said.filter((kept) => kept.person === person);
}

/** What somebody else said on this phone stands apart. */
function Person({ person, said, pack, asides }: Known & { person: number; asides: Map<string, string> }) {
  const places = new Map(pack?.places.map((place) => [place.ref, place]));
  const labels = new Map(pack?.activities.map(({ code, one }) => [code, one]));
  return (
    <>
      {person !== ME && <h2 class="small">{_("For somebody else (%(number)s)", { number: person })}</h2>}
      <ul class="cards" role="list">
        {said.map((kept) => <Answer key={kept.place} kept={kept} place={places.get(kept.place)} labels={labels} aside={asides.get(kept.id)} />)}
      </ul>
    </>
  );
}

function Empty({ process }: { process: string }) {
  return (
    <div class="empty">
      <Icon name="lucide-store" />
      <p><strong>{speaking.value === ME ? _("No answer on this phone yet.") : _("This person has not answered yet.")}</strong> {_("It takes two taps in front of an empty shopfront.")}</p>
      <a class="button" href={`/${process}/?autour`}>{_("See the doors around me")}</a>
    </div>
  );
}

interface AnswerProps {
  kept: Mine;
  place: PackPlace | undefined;
  labels: Map<string, string>;
  aside: string | undefined;
}

function Answer({ kept, place, labels, aside }: AnswerProps) {
  const title = place?.title || kept.title || kept.place;
  const { opinion, receipt } = kept;
  const wish = opinion.withdraw ? _("Taken back") : wishesInWords(opinion.wishes ?? [], opinion.other, labels);
  const url = `/${kept.process}/lieux/${kept.place}`;
  const item = queue.value.find(({ id }) => id === kept.id);
  return (
    <li class={opinion.withdraw ? "card" : "card card--done"}>
      <a class="card__link" href={url} onClick={() => speakAs(kept.person)}>
        <Tile place={place} done={!opinion.withdraw} />
        <span class="card__text">
          <span class="card__title">{title}</span>
          <span class="card__hint">{wish}</span>
          <span class="card__more">{[shortDay(kept.day), stateOf(item)].filter(Boolean).join(" · ")}</span>
        </span>
      </a>
      {aside && <p class="card__aside">{aside} <a href={`/${kept.process}/preuve`}>{_("Prove that it’s you")}</a></p>}
      {item?.refusal && <Refused item={item} />}
      <PhotoNote process={kept.process} place={kept.place} />
      <p class="card__acts">
        <a class="linkish" href={url} onClick={() => speakAs(kept.person)}>{opinion.withdraw ? _("Answer again") : _("Change")}</a>
        {!opinion.withdraw && !item?.refusal && <button class="linkish" type="button" onClick={() => void orTell(takeBack(kept, title))}>{_("Take back")}</button>}
        {receipt && <a class="linkish receipt" href={`/${kept.process}/recu?mot=${receipt}`}>{_("Receipt")}</a>}
      </p>
    </li>
  );
}

function stateOf(item: Item | undefined): string {
  if (!item) return "";
  return item.refusal ? _("not taken") : _("waiting on this phone");
}

async function takeBack({ process, person, place }: Mine, title: string): Promise<void> {
  await keepOpinion({ process, title, person }, { place, withdraw: true });
}
