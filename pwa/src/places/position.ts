/** Where the person stands, once they ask and while this page is open; it leaves neither the page nor the phone. */
import { signal } from "@preact/signals";
import { distanceBetween, type Point } from "@/places/distance";

export interface Position extends Point {
  /** Metres within which the person stands, as the phone believes. */
  accuracy: number;
}

export type Trouble = "denied" | "not-found" | "none";

export const position = signal<Position | undefined>(undefined);
/** The position that lists are sorted from: it stays while the person stands, or a card would change under their thumb. */
export const standpoint = signal<Position | undefined>(undefined);
/** Why there is no position, after the person asked for one. */
export const trouble = signal<Trouble | undefined>(undefined);
export const looking = signal(false);

/** A list that moves under the thumb is worse than one that is a few steps old. */
const STEP_M = 12;
const WATCHING = { enableHighAccuracy: true, maximumAge: 15_000, timeout: 20_000 };
let watch: number | undefined;

/** Asks the phone on the person's tap, and goes on following them until `stopLooking`. */
export function startLooking(): void {
  trouble.value = undefined;
  if (!("geolocation" in navigator)) return void (trouble.value = "none");
  if (watch !== undefined) return;
  looking.value = true;
  watch = navigator.geolocation.watchPosition(found, failed, WATCHING);
}

export function stopLooking(): void {
  if (watch !== undefined) navigator.geolocation.clearWatch(watch);
  watch = position.value = standpoint.value = undefined;
  looking.value = false;
}

function found({ coords: { longitude: lon, latitude: lat, accuracy } }: GeolocationPosition): void {
  trouble.value = undefined;
  const here = { lon, lat, accuracy: Math.max(1, accuracy || 1) };
  position.value = here;
  if (hasMoved(standpoint.value, here)) standpoint.value = here;
}

/** A few steps, or a position twice as sure as the last. */
export function hasMoved(from: Position | undefined, to: Position): boolean {
  return !from || distanceBetween(from, to) > STEP_M || to.accuracy < from.accuracy / 2;
}

/** Once found, a gap in the sky is no news: the last position stands. */
function failed(error: GeolocationPositionError): void {
  if (position.value) return;
  stopLooking();
  trouble.value = error.code === error.PERMISSION_DENIED ? "denied" : "not-found";
}
