/** A photo as it lies on this phone. */
import { useEffect, useState } from "preact/hooks";
import { _ } from "@/i18n";
import type { Picture } from "@/offline/items";
import { Icon } from "@/ui/icon";

export function Thumb({ picture }: { picture: Picture | undefined }) {
  const [url, setUrl] = useState("");
  useEffect(() => {
    if (!picture) return undefined;
    const made = URL.createObjectURL(new Blob([picture.bytes], { type: picture.type }));
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [picture?.bytes]);
  return url ? <img class="thumb" src={url} alt={_("Your photo")} /> : <span class="thumb"><Icon name="lucide-image" /></span>;
}
