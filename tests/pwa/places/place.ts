import type { PackPlace } from "@/places/types";

/** A vacant door at one point of Nantes, but for what the test says. */
export function place(ref: string, fields: Partial<PackPlace> = {}): PackPlace {
  return {
    ref, kind: "premises", state: "vacant", number: null, street: null, near_street: null, name: null, title: ref, short: fields.number ?? "",
    hint: null, round: fields.street ?? null, step: null, side: null, along_m: null, lon: -1.56, lat: 47.21, stance_label: null, left: null,
    right: null, plan: null, participants: 0, supply: [], ...fields,
  };
}
