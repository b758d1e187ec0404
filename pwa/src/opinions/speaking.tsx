/** « Répondre pour quelqu'un d'autre »: the clear word that somebody else answers now, and the way back. */
import { useState } from "preact/hooks";
import { render } from "preact";
import { _ } from "@/i18n";
import { backToMe, isAnothersPage, ME, speaking, startAnother } from "@/offline/persons";
import { processOf } from "@/ui/islands";
import { Icon } from "@/ui/icon";

/** Above the head of the page, which it must not cut in two, for as long as somebody else answers. */
export function showSpeaker(): void {
  const mast = document.querySelector(".mast");
  if (!mast || !processOf()) return;
  const bar = document.createElement("div");
  mast.before(bar);
  render(<Speaking />, bar);
  window.addEventListener("pageshow", ({ persisted }) => persisted && isAnothersPage() && location.reload());
}

function Speaking() {
  if (speaking.value === ME) return null;
  const back = () => {
    backToMe();
    location.reload();
  };
  return (
    <p class="speaking" role="status">
      <Icon name="lucide-user-plus" />
      <span>{_("You are answering for somebody else.")}</span>
      <button class="linkish" type="button" onClick={back}>{_("Back to me")}</button>
    </p>
  );
}

/** A phone that two people share: from here on the other one answers, beginning with the doors around. */
export function ForAnother() {
  const [full, setFull] = useState(false);
  const begin = async () => {
    if (await startAnother()) location.assign(`/${processOf()}/?autour`);
    else setFull(true);
  };
  if (full) return <p class="soft" role="status">{_("Five other people have answered on this phone already; take another one for the next.")}</p>;
  return <button class="linkish" type="button" onClick={() => void begin()}>{_("Answer for somebody else")}</button>;
}
