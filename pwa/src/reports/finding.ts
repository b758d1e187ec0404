/** « Toujours vide ? » and « Ce local n'est plus vide »: what somebody sees at a door, kept like every other sending. */
import { _, lang } from "@/i18n";
import * as outbox from "@/offline/outbox";
import type { WordSending } from "@/offline/outbox";
import { keepWord, unkeptInWords } from "@/opinions/keep";
import { findings, type Finding } from "@/reports/words";
import { drawIcon } from "@/ui/dom";
import { processOf } from "@/ui/islands";

/** The form of the server's page, or of the shell: its buttons keep the finding, and it thanks in place. */
export function wakeFinding(element: HTMLElement): void {
  const form = element as HTMLFormElement;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const { value } = event.submitter as HTMLButtonElement;
    void keep(form, value as Finding);
  });
  form.querySelector("[data-skip]")?.addEventListener("click", () => form.remove());
  void showEarlier(form);
}

const UNDO_MS = 10_000;

async function keep(form: HTMLFormElement, finding: Finding): Promise<void> {
  if (form.ariaBusy) return;
  form.ariaBusy = "true";
  const place = form.dataset["ref"]!;
  const title = document.querySelector("h1")?.textContent?.trim() ?? place;
  const sending: WordSending = { process: processOf(form), lang: lang(), title, place, kind: "report", body: { v: 1, place, finding } };
  try {
    const id = await keepWord(sending, UNDO_MS);
    const forms = [...document.querySelectorAll<HTMLElement>("[data-island=finding]")];
    const before = forms.map((one) => [...one.childNodes]);
    for (const one of forms) thank(one, finding);
    if (id) offerUndo(form, id, () => forms.forEach((one, i) => one.replaceChildren(...before[i]!)));
  } catch (error) {
    tell(form, unkeptInWords(error));
  } finally {
    form.ariaBusy = null;
  }
}

/** For ten seconds, where it was said: the finding waits on the phone meanwhile. */
function offerUndo(form: HTMLElement, id: string, restore: () => void): void {
  const undo = Object.assign(document.createElement("button"), { type: "button", className: "button button--quiet", textContent: _("Undo") });
  const timer = setTimeout(() => undo.remove(), UNDO_MS);
  undo.addEventListener("click", () => {
    void outbox.takeBack(id).then((gone) => {
      clearTimeout(timer);
      undo.remove();
      if (!gone) return tell(form, _("This has left already: the team checks it before anything changes."));
      restore();
      form.querySelector<HTMLElement>("button[name=finding]")?.focus();
    }, (error: unknown) => tell(form, unkeptInWords(error)));
  });
  form.append(undo);
  undo.focus();
}

/** Nothing was kept: the buttons stay, for another try. */
function tell(form: HTMLElement, words: string): void {
  const line = form.querySelector("[role=alert]") ?? form.appendChild(document.createElement("p"));
  line.className = "note note--red";
  line.setAttribute("role", "alert");
  line.textContent = words;
}

function thank(form: HTMLElement, finding: Finding): void {
  const said = Object.assign(document.createElement("p"), { className: "note note--green" });
  said.setAttribute("role", "status");
  const words = document.createElement("span");
  const label = findings().find(([code]) => code === finding)?.[1] ?? "";
  words.append(Object.assign(document.createElement("strong"), { textContent: _("Thank you for looking.") }), ` ${_("Noted: %(finding)s.", { finding: label })} ${_("The team will check it; until then this door stays as it is.")}`);
  said.append(drawIcon("lucide-check"), words);
  form.replaceChildren(said);
}

/** What this phone has reported before is not asked again. */
async function showEarlier(form: HTMLFormElement): Promise<void> {
  const process = processOf(form);
  const [answered, waiting] = await Promise.all([outbox.answered(process, "report"), outbox.list()]);
  const bodies = [...answered.map(({ body }) => body), ...waiting.flatMap((item) => (item.kind === "report" && item.process === process ? [item.body] : []))];
  const here = bodies.filter(({ place }) => place === form.dataset["ref"]).at(-1);
  if (here) thank(form, here["finding"] as Finding);
}
