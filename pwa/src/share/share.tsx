/** « Inviter un voisin »: the phone's own sharing where it has one, else the link copied, else the link to copy by hand. */
import { useSignal } from "@preact/signals";
import { render } from "preact";
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
      {outcome.value === "by-hand" && (
        <label class="share__link">
          {_("Copy this link:")}
          <input class="field" readOnly value={new URL(shared.url, location.href).href} onFocus={(event) => event.currentTarget.select()} />
        </label>
      )}
    </div>
  );
}

/** An element of a server page: `data-island="share"` with `data-url`, `data-title`, `data-text`, `data-label`. */
export function wakeShare(element: HTMLElement): void {
  const { url = location.pathname, title = document.title, text = "", label = _("Share") } = element.dataset;
  render(<ShareButton url={url} title={title} text={text} label={label} />, element);
}
