/** For « Mes avis »: this phone's photos of one place, and how far they are. Draws nothing where there are none. */
import { _, ngettext } from "@/i18n";
import { useOwnPhotos, type OwnPhoto } from "@/photos/own";
import { Thumb } from "@/photos/thumb";

export function PhotoNote({ process, place }: { process: string; place: string }) {
  const photos = useOwnPhotos(process, place).value;
  if (photos.length === 0) return null;
  return (
    <p class="thumbs">
      {photos.map(({ id, thumb }) => <Thumb key={id} picture={thumb} />)}
      <span>{inWords(photos)}</span>
    </p>
  );
}

export function inWords(photos: OwnPhoto[]): string {
  const count = (...states: OwnPhoto["state"][]) => photos.filter(({ state }) => states.includes(state)).length;
  const [waiting, received, refused] = [count("waiting", "leaving"), count("received"), count("refused")];
  return [
    received && ngettext("%(num)s photo received", "%(num)s photos received", received),
    waiting && ngettext("%(num)s photo waiting on this phone", "%(num)s photos waiting on this phone", waiting),
    refused && ngettext("%(num)s photo not taken", "%(num)s photos not taken", refused),
  ].filter(Boolean).join(" · ");
}
