/** After the first answer, once: the card loads only where there is something to offer. */
import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { rememberProposed, wasProposed, way } from "@/install/able";

interface Props {
  process: string;
}

export function InstallAsk({ process }: Props) {
  const [Card, setCard] = useState<ComponentType<Props>>();
  const offered = way.value !== undefined;
  useEffect(() => {
    if (!offered || wasProposed(process)) return;
    rememberProposed(process);
    void import("@/install/card").then(({ InstallCard }) => setCard(() => InstallCard));
  }, [offered]);
  return Card ? <Card process={process} /> : null;
}
