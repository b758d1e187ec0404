/** One opinion, as docs/api.md defines it (version 1). */
export interface Opinion {
  v: 1;
  place: string;
  seq: number;
  wishes?: string[];
  other?: string;
  frequency?: string;
  nuisances?: string[];
  comment?: string;
  families_shown?: string[];
  withdraw?: true;
  /** The code of the poster that led here. */
  door?: string;
  /** Who answers, when it is not the phone's own person: 1 to 5. */
  person?: number;
}

/** What a person wants, before the phone gives it an id, a number and a voice. */
export type Intention = Omit<Opinion, "v" | "seq" | "person">;

/** Why the server will never take a sending, in its own words. */
export interface Refusal {
  code: string;
  detail: string;
}

/** This phone's latest word on one place, for « Mes avis »; `day` is for reading, never for order. */
export interface Mine {
  process: string;
  person: number;
  place: string;
  title: string;
  id: string;
  opinion: Opinion;
  day: string;
  /** The server's word for this very sending, once it has it: shows later that it was counted. */
  receipt?: string;
}
