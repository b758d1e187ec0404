/** « Inviter un voisin »: the phone's own sharing where it has one, else the link copied, else the link to copy by hand. */
import { useSignal } from "@preact/signals";
import { render } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { _ } from "@/i18n";
import { Icon } from "@/ui/icon";

/** `url` may be a path of this site; what is shared shows a picture made by the server (`apercu.png`). */
export interface Shared {
  url: string;
  title: string;
  text?: string;
}

export type Outcome = "shared" | "copied" | "by-hand" | "given-up";

export async function share({ url, title, text }: Shared): Promise<Outcome> {
  const address = new URL(url, location.href).href;
  if ("share" in navigator) {
    try {
      await navigator.share({ url: address, title, ...(text ? { text } : {}) });
      return "shared";
    } catch (error) {
      // The person closed the phone's sheet: that is an answer. Anything else is a phone that cannot share.
      if ((error as DOMException).name === "AbortError") return "given-up";
    }
  }
  try {
    await navigator.clipboard.writeText(address);
    return "copied";
  } catch {
    return "by-hand";
  }
}

/** The text of an element, selected and copied as a hand would: it works where the clipboard itself is withheld. */
function copyText(element: HTMLElement): boolean {
  getSelection()?.selectAllChildren(element);
  return document.execCommand("copy");
}

/** A button with a status beside it, which is announced. `quiet` where the screen has another primary action. */
export function ShareButton({ label, quiet = true, ...shared }: Shared & { label: string; quiet?: boolean }) {
  const outcome = useSignal<Outcome | undefined>(undefined);
  const press = async () => {
    outcome.value = undefined;
    outcome.value = await share(shared);
  };
  return (
    <div class="share">
      <button class={quiet ? "button button--quiet" : "button"} type="button" onClick={() => void press()}>
        <Icon name="lucide-share-2" />
        {label}
      </button>
      <p class="share__said" role="status">{outcome.value === "copied" && _("Link copied")}</p>
      {outcome.value === "by-hand" && <ByHand address={new URL(shared.url, location.href).href} copied={() => (outcome.value = "copied")} />}
    </div>
  );
}

/** The whole link to read, and a button for it; brought up from under the bars at the foot of the screen. */
function ByHand({ address, copied }: { address: string; copied: () => void }) {
  const box = useRef<HTMLDivElement>(null);
  const link = useRef<HTMLParagraphElement>(null);
  useEffect(() => box.current!.scrollIntoView({ block: "nearest" }), []);
  return (
    <div class="share__link" ref={box}>
      <p>{_("Copy this link:")}</p>
      <p class="share__address" ref={link} tabIndex={0}>{address}</p>
      <button class="button button--quiet" type="button" onClick={() => copyText(link.current!) && copied()}><Icon name="lucide-link" />{_("Copy the link")}</button>
    </div>
  );
}

/** An element of a server page: `data-island="share"` with `data-url`, `data-title`, `data-text`, `data-label`. */
export function wakeShare(element: HTMLElement): void {
  const { url = location.pathname, title = document.title, text = "", label = _("Share") } = element.dataset;
  render(<ShareButton url={url} title={title} text={text} label={label} />, element);
}
