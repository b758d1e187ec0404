/** Photos of a place, added to one's answer there: taken or chosen, shown, taken away again while they wait. */
import { useSignal, type Signal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { _, lang, ngettext } from "@/i18n";
import * as outbox from "@/offline/outbox";
import { sendSoon } from "@/offline/schedule";
import type { PhotoProps } from "@/photos/ask";
import { useOwnPhotos, type OwnPhoto } from "@/photos/own";
import { prepare, type Fault } from "@/photos/prepare";
import { Thumb } from "@/photos/thumb";
import { Icon } from "@/ui/icon";
import "@/photos/photos.css";

/** As the server counts (server/devanture/photos/rules.py). */
const MOST = 3;

export function PhotoPicker(props: PhotoProps) {
  const photos = useOwnPhotos(props.process, props.place).value;
  /** `done` is read out, and seen in the list: only what is under way or went wrong is also written. */
  const said = useSignal({ words: "", done: false });
  const busy = useSignal(false);
  const box = useRef<HTMLElement>(null);
  const room = MOST - photos.filter(({ state }) => state !== "refused").length;
  const add = async (files: File[]) => {
    busy.value = true;
    said.value = { words: _("The photo is being prepared…"), done: false };
    const fault = await keepAll(files.slice(0, room), props);
    said.value = { words: fault || _("The photo is kept."), done: !fault };
    busy.value = false;
  };
  const drop = async (photo: OwnPhoto) => {
    if (photo.state === "refused") await outbox.discard(photo.id);
    else if (!(await outbox.takeBack(photo.id))) return void (said.value = { words: _("This photo has already been sent. Taking your answer back takes it back too."), done: false });
    said.value = { words: _("The photo is removed from this phone."), done: true };
    box.current?.focus();
  };
  return (
    <section class="photos" aria-label={_("Your photos of this place")} tabIndex={-1} ref={box}>
      <p class="soft">{_("No face and no number plate, please. A person looks at every photo before it is published.")}</p>
      {photos.length > 0 && <ul class="photos__own" role="list">{photos.map((photo) => <Own key={photo.id} photo={photo} drop={drop} />)}</ul>}
      {room > 0 ? <Buttons busy={busy} add={add} /> : <p>{ngettext("%(num)s photo of one place at most.", "%(num)s photos of one place at most.", MOST)}</p>}
      <p class={said.value.done ? "sr" : "photos__said"} role="status">{said.value.words}</p>
    </section>
  );
}

/** Two ways in, since a phone told to open its camera offers no other; where no finger can tap there is none to open. */
function Buttons({ busy, add }: { busy: Signal<boolean>; add: (files: File[]) => Promise<void> }) {
  const take = (event: Event) => {
    const input = event.currentTarget as HTMLInputElement;
    const files = [...(input.files ?? [])];
    input.value = "";
    if (files.length > 0) void add(files);
  };
  return (
    <div class="photos__ways">
      {navigator.maxTouchPoints > 0 && (
        <label class="button button--quiet">
          <input class="sr" type="file" accept="image/*" capture="environment" disabled={busy.value} onChange={take} />
          <Icon name="lucide-camera" />{_("Take a photo")}
        </label>
      )}
      <label class="button button--quiet">
        <input class="sr" type="file" accept="image/*,.heic,.heif" multiple disabled={busy.value} onChange={take} />
        <Icon name="lucide-image" />{_("Choose a photo")}
      </label>
    </div>
  );
}

function Own({ photo, drop }: { photo: OwnPhoto; drop: (photo: OwnPhoto) => Promise<void> }) {
  return (
    <li class="photos__one">
      <Thumb picture={photo.thumb} />
      <span class={photo.refusal ? "photos__state photos__state--refused" : "photos__state"}>{stateOf(photo)}</span>
      {photo.removable && <button class="linkish" type="button" onClick={() => void drop(photo)}>{_("Remove")}</button>}
    </li>
  );
}

function stateOf({ state, refusal }: OwnPhoto): string {
  switch (state) {
    case "received":
      return _("Received. A person will look at it.");
    case "leaving":
      return _("Kept on this phone, on its way…");
    case "refused":
      return [_("Not taken."), refusal?.detail].filter(Boolean).join(" ");
    default:
      return _("Kept on this phone, sent by itself.");
  }
}

/** Keeps each on the phone before it is said to be kept; returns what went wrong, in words. */
async function keepAll(files: File[], { process, place, title, opinion }: PhotoProps): Promise<string> {
  for (const file of files) {
    const prepared = await prepare(file);
    if (typeof prepared === "string") return faultInWords(prepared);
    try {
      await outbox.keep({ kind: "photo", process, place, title, opinion, lang: lang(), ...prepared });
    } catch (error) {
      console.warn("photo", error);
      return _("This phone is full: nothing was kept.");
    }
    sendSoon();
  }
  return "";
}

function faultInWords(fault: Fault): string {
  if (fault === "too-large") return _("This photo is too large: 12 MB at most. Choose a smaller one.");
  return _("This picture cannot be read. Choose another one.");
}
