/** The cached shell: draws the page that the address names, from the pack, with the server's own structure. */
import { render } from "preact";
import { _, lang } from "@/i18n";
import { keptPack } from "@/offline/pack";
import { mine } from "@/offline/outbox";
import { ME, speaking } from "@/offline/persons";
import { draw, keptThanks } from "@/opinions/thanks";
import { marksOf } from "@/places/marks";
import { PlaceView } from "@/places/place-view";
import type { Pack } from "@/places/types";
import { Top } from "@/places/parts";
import { Icon } from "@/ui/icon";
import { WalkView } from "@/places/walk-view";
import { processOf, wake, type Mount } from "@/ui/islands";

export type Page = { name: "walk" } | { name: "mine" } | { name: "round" } | { name: "place" | "thanks"; ref: string } | { name: "results" | "follow" | "unknown" };

/** Which page of the process an address names. */
export function pageAt(process: string, path: string): Page {
  const rest = decodeURIComponent(path).replace(`/${process}/`, "");
  if (rest === "") return { name: "walk" };
  if (rest === "mes-avis") return { name: "mine" };
  if (rest === "tournee") return { name: "round" };
  if (rest === "resultats") return { name: "results" };
  if (/^lieux\/[A-Za-z0-9-]+\/suivre$/.test(rest)) return { name: "follow" };
  const [, ref, thanks] = /^lieux\/([A-Za-z0-9-]+)(\/merci)?$/.exec(rest) ?? [];
  return ref ? { name: thanks ? "thanks" : "place", ref } : { name: "unknown" };
}

/** The server draws its pages for the phone's own person: what somebody else sees at a place comes from the pack. */
export async function redrawForAnother(islands: Record<string, Mount>): Promise<void> {
  const main = document.querySelector("main");
  if (speaking.value === ME || !main || !("ref" in pageAt(processOf(), location.pathname))) return;
  await wakeShell(main, islands);
}

/** Without a pack the server's sentence stays: nothing was kept on this phone yet. */
export async function wakeShell(element: HTMLElement, islands: Record<string, Mount>): Promise<void> {
  const process = processOf(element);
  const kept = await keptPack(process, lang());
  if (!kept) return;
  const answered = new Set((await mine(process)).filter(({ opinion }) => !opinion.withdraw).map(({ place }) => place));
  const pack = await withMarks(kept, answered);
  const page = pageAt(process, location.pathname);
  dressHead(process, page);
  const thanks = page.name === "thanks" && (await keptThanks(process, page.ref));
  if (thanks) return draw(element.closest("main")!, thanks);
  if ("ref" in page) document.body.className = "page-place";
  element.replaceChildren();
  render(<Shown page={page} pack={pack} answered={answered} />, element);
  document.title = element.querySelector("h1")?.textContent ?? document.title;
  wake(element, islands);
}

/** The cached page is the same at every address; its head says where one is and, at a place, leads back to the doors. */
function dressHead(process: string, page: Page): void {
  for (const tab of document.querySelectorAll<HTMLAnchorElement>("a.tab")) if (tab.pathname === location.pathname) tab.setAttribute("aria-current", "page");
  const home = document.querySelector<HTMLAnchorElement>(".mast__home");
  if (!home || !("ref" in page)) return;
  home.href = `/${process}/?autour`;
  home.replaceChildren();
  render(<><Icon name="lucide-chevron-left" /><span>{_("Around me")}</span></>, home);
}

/** With what this phone has marked: its page may be opened again, and the list shows it once something was wished there. */
async function withMarks(pack: Pack, answered: Set<string>): Promise<Pack> {
  const known = new Set(pack.places.map(({ ref }) => ref));
  const here = pageAt(pack.process.slug, location.pathname);
  const marks = (await marksOf(pack.process.slug)).filter(({ ref }) => !known.has(ref) && (answered.has(ref) || (here.name === "place" && here.ref === ref)));
  return { ...pack, places: [...pack.places, ...marks] };
}

function Shown({ page, pack, answered }: { page: Page; pack: Pack; answered: Set<string> }) {
  const place = "ref" in page ? pack.places.find(({ ref }) => ref === page.ref) : undefined;
  if (place) return <PlaceView pack={pack} place={place} answered={answered} />;
  if (page.name === "walk") return <WalkView pack={pack} answered={answered} />;
  if (page.name === "round") return <Island title={_("My round")} name="round" pack={pack} />;
  if (page.name === "mine") return <Island title={_("My answers")} name="mine" pack={pack} />;
  return (
    <>
      <Top title={page.name === "results" ? _("Results") : page.name === "follow" ? _("Follow this place") : pack.process.name} line={pack.process.name} />
      <div class="column">
        <p class="note">{needsNetwork(page)}</p>
        <a class="button" href={`/${pack.process.slug}/?autour`}>{_("See the doors around me")}</a>
        <a class="button button--quiet" href={`/${pack.process.slug}/mes-avis`}>{_("My answers")}</a>
      </div>
    </>
  );
}

/** What is out of reach just now, and what one can do until then. */
function needsNetwork({ name }: Page): string {
  if (name === "results") return _("The results need the network: open them again once it is back. Until then you can answer at the doors; everything you say is kept on this phone.");
  if (name === "follow") return _("Following a place needs the network: come back here once it is back. Until then you can answer at the doors; everything you say is kept on this phone.");
  return _("This page needs the network. The doors and your answers are on this phone.");
}

/** A page that its island draws by itself. */
function Island({ title, name, pack }: { title: string; name: string; pack: Pack }) {
  return (
    <>
      <Top title={title} line={pack.process.name} />
      <div class={`column ${name}`} data-island={name} data-process={pack.process.slug} />
    </>
  );
}
