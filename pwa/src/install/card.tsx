/** « Sur votre écran d'accueil »: one tap where the browser lets us, the two steps drawn on an iPhone. */
import { render } from "preact";
import { _ } from "@/i18n";
import { decline, install, way } from "@/install/able";
import { Icon } from "@/ui/icon";
import { processOf } from "@/ui/islands";
import "@/install/install.css";

export function showInstallCard(element: HTMLElement): void {
  render(<InstallCard process={processOf(element)} />, element);
}

/** Draws nothing once installed or declined, or where a browser cannot. */
export function InstallCard({ process }: { process: string }) {
  if (!way.value) return null;
  return (
    <section class="install" aria-labelledby="install">
      <h2 id="install">{_("Keep these doors on your home screen")}</h2>
      <p>{_("They open with one tap, also without a network. Nothing to download, no account.")}</p>
      {way.value === "steps" ? <Steps /> : <button class="button" type="button" onClick={() => void install()}><Icon name="lucide-download" />{_("Install")}</button>}
      <button class="linkish" type="button" onClick={() => decline(process)}>{_("No, thank you")}</button>
    </section>
  );
}

function Steps() {
  return (
    <ol class="install__steps" role="list">
      <li><span class="install__key"><Icon name="lucide-share" /></span><span>{_("Tap “Share”, at the foot of the screen or at its top.")}</span></li>
      <li><span class="install__key"><Icon name="lucide-square-plus" /></span><span>{_("Then “Add to Home Screen”.")}</span></li>
    </ol>
  );
}
