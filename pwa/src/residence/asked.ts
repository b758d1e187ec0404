/**
 * Whether the one question about the person (TRUST.md) was answered or skipped here: it is never asked again.
 * The cookie is the one that the server's own form sets, so that both know.
 */
const COOKIE = "devanture_vous";
const YEAR_S = 365 * 24 * 3600;

export function wasAsked(): boolean {
  return document.cookie.split("; ").includes(`${COOKIE}=1`);
}

export function rememberAsked(process: string): void {
  if (typeof document === "undefined") return;
  document.cookie = `${COOKIE}=1; path=/${process}/; max-age=${YEAR_S}; samesite=lax`;
}
