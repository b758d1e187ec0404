/**
 * Whether the one question about a person (TRUST.md) was answered or skipped here: nobody is asked again. Of the
 * phone's own person the cookie is the one that the server's own form sets, so that both know.
 */
import { HIGHEST_PERSON, ME } from "@/offline/persons";

const COOKIE = "devanture_vous";
const YEAR_S = 365 * 24 * 3600;
const cookieOf = (person: number) => (person === ME ? COOKIE : `${COOKIE}_${person}`);

export function wasAsked(person: number): boolean {
  return document.cookie.split("; ").includes(`${cookieOf(person)}=1`);
}

export function rememberAsked(process: string, person: number): void {
  if (typeof document === "undefined") return;
  document.cookie = `${cookieOf(person)}=1; path=/${process}/; max-age=${YEAR_S}; samesite=lax`;
}

/** Whoever answers next on this phone is somebody new. */
export function forgetAsked(process: string): void {
  for (let person = ME; person <= HIGHEST_PERSON; person += 1) document.cookie = `${cookieOf(person)}=; path=/${process}/; max-age=0; samesite=lax`;
}
