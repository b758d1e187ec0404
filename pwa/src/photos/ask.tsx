/** Where a photo may be added: a fold whose inside loads when it is opened, never with the first screen. */
import type { ComponentType } from "preact";
import { useState } from "preact/hooks";
import { _ } from "@/i18n";

export interface PhotoProps {
  process: string;
  place: string;
  /** The place in words. */
  title: string;
  /** The id of this phone's answer there, to which its photos belong. */
  opinion: string;
}

export function PhotoAsk(props: PhotoProps) {
  const [Picker, setPicker] = useState<ComponentType<PhotoProps>>();
  const load = async () => {
    const { PhotoPicker } = await import("@/photos/picker");
    setPicker(() => PhotoPicker);
  };
  return (
    <div class="more">
      <details class="more__one" onToggle={() => void load()}>
        <summary>{_("Add a photo")}</summary>
        <div class="more__in">{Picker && <Picker {...props} />}</div>
      </details>
    </div>
  );
}
