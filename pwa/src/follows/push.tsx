/** « Une notification sur ce téléphone »: the phone asks its owner only once they have tapped, never before. */
import { useSignal } from "@preact/signals";
import { render } from "preact";
import { _, lang } from "@/i18n";
import * as outbox from "@/offline/outbox";
import { sendSoon } from "@/offline/schedule";
import { Icon } from "@/ui/icon";

export type Outcome = "kept" | "denied" | "failed";

interface About {
  process: string;
  place: string;
  title: string;
  /** The program's public key, in base64url. */
  applicationKey: string;
}

/** iPhones know push only for an app on the home screen: elsewhere the choice is not offered. */
export function canPush(): boolean {
  return "serviceWorker" in navigator && "PushManager" in globalThis && "Notification" in globalThis;
}

/** Asks the owner, subscribes at the browser's own service, and gives the subscription to the outbox. */
export async function subscribe({ process, place, title, applicationKey }: About): Promise<Outcome> {
  if ((await Notification.requestPermission()) !== "granted") return "denied";
  try {
    const { pushManager } = await navigator.serviceWorker.ready;
    const subscription = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: applicationKey });
    const body = { v: 1, place, means: "push", address: JSON.stringify(subscription) };
    await outbox.keep({ process, lang: lang(), title, place, kind: "follow", body });
  } catch (error) {
    console.warn("push", error);
    return "failed";
  }
  sendSoon();
  return "kept";
}

function PushButton(about: About) {
  const outcome = useSignal<Outcome | "busy" | undefined>(undefined);
  const press = async () => {
    outcome.value = "busy";
    outcome.value = await subscribe(about);
  };
  return (
    <>
      {outcome.value !== "kept" && (
        <button class="button button--quiet" type="button" disabled={outcome.value === "busy"} onClick={() => void press()}>
          <Icon name="lucide-bell" />
          {_("Notify me on this phone")}
        </button>
      )}
      <p class="channel__said" role="status">{said(outcome.value)}</p>
    </>
  );
}

function said(outcome: Outcome | "busy" | undefined): string {
  if (outcome === "kept") return _("This phone follows the place. What happens here comes to it as soon as the town publishes it.");
  if (outcome === "denied") return _("This phone does not allow notifications from here; its settings decide. The secret link works without.");
  if (outcome === "failed") return _("This phone could not subscribe. Nothing is lost: the secret link works without.");
  return "";
}

export function wakePush(element: HTMLElement): void {
  const { process = "", ref: place = "", title = "", key = "" } = element.dataset;
  const root = element.querySelector("[data-push]");
  if (!root || !canPush()) return;
  element.hidden = false;
  render(<PushButton process={process} place={place} title={title} applicationKey={key} />, root);
}
