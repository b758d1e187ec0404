/** This phone's own photos of a place: those that wait, those the server has, those it refused. */
import { useSignal, useSignalEffect, type Signal } from "@preact/signals";
import type { Answered, Item, PhotoItem, Picture } from "@/offline/items";
import * as outbox from "@/offline/outbox";
import { speaking } from "@/offline/persons";
import { isReplaceable, isWaiting } from "@/offline/rules";
import { leaving, queue } from "@/offline/status";
import type { Refusal } from "@/opinions/types";

export interface OwnPhoto {
  id: string;
  state: "waiting" | "leaving" | "received" | "refused";
  /** It never left, or was refused: the person may still let it go. */
  removable: boolean;
  thumb: Picture | undefined;
  refusal: Refusal | undefined;
}

/** What is kept in the server's word about a photo. */
interface Body {
  person: number;
  thumb?: Picture;
}

/** Received ones first: they came first. */
export function ownPhotos(items: Item[], received: Answered[], place: string, person: number, underWay: string): OwnPhoto[] {
  const there = received.filter((row) => row.kind === "photo" && row.place === place && bodyOf(row).person === person);
  // The queue and the answers are read one after the other: a photo received in between stands in both.
  const receivedIds = new Set(there.map(({ id }) => id));
  const here = items.filter((item): item is PhotoItem => item.kind === "photo" && item.place === place && item.person === person && !receivedIds.has(item.id));
  return [
    ...there.map((row): OwnPhoto => ({ id: row.id, state: "received", removable: false, thumb: bodyOf(row).thumb, refusal: undefined })),
    ...here.map((item): OwnPhoto => ({ id: item.id, state: stateOf(item, underWay), removable: isReplaceable(item) || !isWaiting(item), thumb: item.thumb, refusal: item.refusal })),
  ];
}

function stateOf(item: PhotoItem, underWay: string): OwnPhoto["state"] {
  if (!isWaiting(item)) return "refused";
  return item.id === underWay ? "leaving" : "waiting";
}

const bodyOf = ({ body }: Answered) => body as unknown as Body;

/** Whoever answers now has these of this place; follows the outbox. */
export function useOwnPhotos(process: string, place: string): Signal<OwnPhoto[]> {
  const found = useSignal<OwnPhoto[]>([]);
  useSignalEffect(() => {
    const [items, person, underWay] = [queue.value.filter((item) => item.process === process), speaking.value, leaving.value];
    void outbox.answered(process, "photo").then((received) => (found.value = ownPhotos(items, received, place, person, underWay)));
  });
  return found;
}
