/** Whether this phone can put the process on its home screen, how, and whether its person has declined. */
import { computed, signal } from "@preact/signals";

/** Chromium's own offer, which it makes once and lets us keep for a better moment. */
export interface InstallEvent extends Event {
  prompt(): Promise<void>;
  readonly userChoice: Promise<{ outcome: "accepted" | "dismissed" }>;
}

const offer = signal<InstallEvent | undefined>(undefined);
const declined = signal(false);

/** `button`: the browser asks when we say so. `steps`: an iPhone, where only its owner can, in two taps. */
export const way = computed<"button" | "steps" | undefined>(() => {
  if (declined.value || isInstalled()) return undefined;
  if (offer.value) return "button";
  return isIPhone() ? "steps" : undefined;
});

const keyOf = (process: string) => `devanture-install/${process}`;

/** From the page's start, since the browser makes its offer only once. */
export function listenForOffer(process: string): void {
  declined.value = read(process) === "declined";
  addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    offer.value = event as InstallEvent;
  });
  addEventListener("appinstalled", () => (offer.value = undefined));
}

/** The browser's own question; resolves once it was answered. */
export async function install(): Promise<void> {
  const asked = offer.value;
  if (!asked) return;
  await asked.prompt();
  await asked.userChoice;
  offer.value = undefined;
}

/** For good, in this process. */
export function decline(process: string): void {
  declined.value = true;
  write(process, "declined");
}

/** After the first answer it is proposed once, and not at every door. */
export function wasProposed(process: string): boolean {
  return read(process) !== null;
}

export function rememberProposed(process: string): void {
  if (!wasProposed(process)) write(process, "proposed");
}

function read(process: string): string | null {
  try {
    return localStorage.getItem(keyOf(process));
  } catch {
    // A browser that stores nothing has no home screen to offer either.
    return "declined";
  }
}

function write(process: string, word: string): void {
  try {
    localStorage.setItem(keyOf(process), word);
  } catch {
    // Asked again at the next visit.
  }
}

function isInstalled(): boolean {
  return matchMedia("(display-mode: standalone)").matches || (navigator as { standalone?: boolean }).standalone === true;
}

/** An iPad calls itself a Mac, but no Mac is touched with several fingers. */
function isIPhone(): boolean {
  const { userAgent, maxTouchPoints } = navigator;
  return /iPhone|iPad|iPod/.test(userAgent) || (/Macintosh/.test(userAgent) && maxTouchPoints > 1);
}
