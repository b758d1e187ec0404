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
}

/** What a person wants, before the phone gives it an id and a number. */
export type Intention = Omit<Opinion, "v" | "seq">;

/** Why the server will never take a sending, in its own words. */
export interface Refusal {
  code: string;
  detail: string;
}

/**
 * One sending that the phone still owns. `attempts` counts the times it left for the server:
 * from the first on, id and body are frozen, since the server may hold them already.
 */
export interface Item {
  id: string;
  process: string;
  place: string;
  seq: number;
  opinion: Opinion;
  attempts: number;
  /** The place in words, for when the queue is shown. */
  title: string;
  /** The language of the words that a refusal must come in. */
  lang: string;
  refusal?: Refusal;
}

/** This phone's latest word on one place, for « Mes avis »; `day` is for reading, never for order. */
export interface Mine {
  process: string;
  place: string;
  title: string;
  id: string;
  opinion: Opinion;
  day: string;
}
