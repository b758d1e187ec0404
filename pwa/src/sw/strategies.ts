/** How a request is answered without the page's help. Names are those of the trade. */
import { passOn, withoutCookie } from "@/api";

const PAGE_PATIENCE_MS = 4000;

/** A page is kept once, whatever the language or cookie that it was asked with, and whichever of `ALIKE` its query holds. */
const LOOSELY = { ignoreSearch: true, ignoreVary: true };

/** For what never changes under its name: kept ones at once, others fetched and kept. */
export async function cacheFirst(request: Request, cacheName: string, alsoIn: string): Promise<Response> {
  const cache = await caches.open(cacheName);
  const kept = (await cache.match(request)) ?? (await caches.match(request, { cacheName: alsoIn }));
  if (kept) return kept;
  const response = await passOn(request);
  if (response.ok && response.type === "basic") await cache.put(request, response.clone());
  return response;
}

/**
 * For pages: the network's, else the one kept from the last visit, else the shell. A slow network is
 * given up only where something is kept. Only a whole page of our own is kept: never a redirect or an error.
 */
export async function networkFirst(request: Request, cacheName: string, shell: string): Promise<Response> {
  const cache = await caches.open(cacheName);
  const kept = (await cache.match(request, LOOSELY)) ?? (await cache.match(shell, LOOSELY));
  try {
    const response = await passOn(withoutCookie(request), kept ? PAGE_PATIENCE_MS : 0);
    if (kept && (response.status >= 500 || isForeign(response))) return kept;
    if (isOwnPage(response) && saysTheSame(request.url)) await cache.delete(request, LOOSELY).then(() => cache.put(request.url.replace(/[?#].*/, ""), response.clone()));
    return response;
  } catch (error) {
    if (kept) return kept;
    throw error;
  }
}

/** Another query changes what the page says: « taken back », « erased », the fate of one receipt. */
const ALIKE = ["autour", "lang"];
const saysTheSame = (url: string) => [...new URL(url).searchParams.keys()].every((key) => ALIKE.includes(key));

/** The policy header is ours alone: the page of a captive portal does not carry it. */
const isForeign = (response: Response) => response.type === "basic" && !response.headers.has("content-security-policy");

/** A first visit's page says not to be kept. */
function isOwnPage(response: Response): boolean {
  const says = (name: string, word: string) => response.headers.get(name)?.includes(word) ?? false;
  const ours = response.ok && response.type === "basic" && !response.redirected && !isForeign(response);
  return ours && says("content-type", "text/html") && !says("cache-control", "no-store");
}
