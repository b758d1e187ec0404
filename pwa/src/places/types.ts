/** The pack, as far as the phone reads it: what a phone needs to walk a process offline (docs/api.md). Distances in metres, lon before lat. */
export interface ProcessInfo {
  slug: string;
  name: string;
  closes: string | null;
  handover: string | null;
  open: boolean;
  max_wishes: number;
  bounds: [number, number, number, number];
  attribution: string;
  basemap: string | null;
  /** Of residence, as the town named them. */
  sectors?: { code: string; label: string }[];
  asker: string;
  supply: { source: string | null; seen: string | null };
}

export interface Family {
  code: string;
  kind: string;
  label: string;
  icon: string;
  shop: boolean;
}

export interface Activity {
  code: string;
  family: string;
  label: string;
  one: string;
  icon: string;
  synonyms: string[];
}

/** Existing shops of one kind: `near` within 200 m, `count` within five minutes on foot, the nearest in metres on foot. */
export interface Supply {
  activity: string;
  near: number;
  count: number;
  nearest_m: number;
  confirmed: boolean;
}

export interface PackPlace {
  ref: string;
  kind: string;
  state: string;
  number: string | null;
  street: string | null;
  near_street: string | null;
  name: string | null;
  title: string;
  short: string;
  hint: string | null;
  /** The street, or the part of a long one, that the door is walked with, and its turn in it; null for sites. */
  round: string | null;
  step: number | null;
  side: "left" | "right" | null;
  along_m: number | null;
  lon: number;
  lat: number;
  stance_label: string | null;
  left: string | null;
  right: string | null;
  plan: string | null;
  participants: number;
  supply: Supply[];
  /** Its vacancy was not seen for half a year, nor confirmed since. */
  stale?: boolean;
  /** The day on which its source last looked. */
  seen?: string | null;
}

export interface Pack {
  process: ProcessInfo;
  families: Family[];
  activities: Activity[];
  places: PackPlace[];
}
