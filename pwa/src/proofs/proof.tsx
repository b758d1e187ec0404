/** « Montrer que c'est bien vous »: the server's own forms, without leaving the page between the address and its code. */
import { render } from "preact";
import { prove, type ProofAnswer } from "@/api";
import { _, lang } from "@/i18n";
import { Icon } from "@/ui/icon";
import { processOf } from "@/ui/islands";

export function wakeProof(element: HTMLElement): void {
  const said = element.querySelector<HTMLElement>("[data-said]");
  if (!said) return;
  for (const form of element.querySelectorAll("form")) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void show(element, said, form);
    });
  }
}

async function show(element: HTMLElement, said: HTMLElement, form: HTMLFormElement): Promise<void> {
  const words = new FormData(form);
  const button = form.querySelector("button");
  button?.setAttribute("aria-disabled", "true");
  const answer = await prove(processOf(element), lang(), String(words.get("means")), String(words.get("value")));
  button?.removeAttribute("aria-disabled");
  said.replaceChildren();
  render(<Said answer={answer} />, said);
  said.scrollIntoView({ block: "nearest" });
  if (answer?.status === "sent") element.querySelector<HTMLInputElement>('form[data-means="code"] input[name="value"]')?.focus();
  else if (answer?.status !== "proven") form.querySelector<HTMLInputElement>('input[name="value"]')?.select();
}

function Said({ answer }: { answer: ProofAnswer | undefined }) {
  if (answer?.status === "proven") return <p class="note note--green" role="status"><Icon name="lucide-check" /><span><strong>{_("Thank you, that is proof enough.")}</strong> {_("Your answers here count among the proven ones from the next count on.")}</span></p>;
  if (answer?.status === "sent") return <p class="note" role="status"><Icon name="lucide-info" /><span><strong>{_("A mail is on its way.")}</strong> {_("It holds six digits: type them below within thirty minutes.")}</span></p>;
  return <p class="note note--red" role="alert">{answer?.detail || _("The server is out of reach. Nothing was sent; try again with a network.")}</p>;
}
