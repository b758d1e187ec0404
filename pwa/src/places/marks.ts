/** What this phone has marked on the map, sent or not, as places that the pack may not know yet. */
import { answered, list } from "@/offline/outbox";
import type { PackPlace } from "@/places/types";

export interface Marked {
  id: string;
  title: string;
  lon: number;
  lat: number;
  street?: string;
  number?: string;
}

/** A place of kind « spot », answered to by the mark's own id until the server gives it another name. */
export function placeOf({ id, title, lon, lat, street = "", number = "" }: Marked): PackPlace {
  return {
    ref: id, kind: "spot", state: "open", number: number || null, street: street || null, near_street: null, name: null, title,
    short: "", hint: null, round: null, step: null, side: null, along_m: null, lon, lat, stance_label: null, left: null, right: null,
    plan: null, participants: 0, supply: [],
  };
}

/** Those that wait under their own id; those that the server took also under the name that it gave. */
export async function marksOf(process: string): Promise<PackPlace[]> {
  const waiting = (await list()).flatMap((item) => (item.kind === "spot" && item.process === process ? [{ id: item.id, title: item.title, body: item.body }] : []));
  const taken = (await answered(process, "spot")).flatMap(({ id, body, answer }) => {
    const title = String(answer["title"] ?? "");
    return [{ id, title, body }, { id: String(answer["place"] ?? id), title, body }];
  });
  return [...waiting, ...taken].map(({ id, title, body }) => placeOf({ id, title, lon: Number(body["lon"]), lat: Number(body["lat"]) }));
}
