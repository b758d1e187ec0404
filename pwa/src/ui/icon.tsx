import { symbolOf } from "@/ui/dom";

/** One symbol of a sprite, as the server's `icon()` draws it. */
export function Icon({ name }: { name: string }) {
  return (
    <svg class="icon" aria-hidden="true">
      <use href={symbolOf(name)} />
    </svg>
  );
}
