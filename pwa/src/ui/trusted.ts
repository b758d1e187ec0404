/** Trusted Types: the policy of the server's headers lets text become script or page only through here. */

interface Policies {
  createPolicy(name: string, rules: { createHTML?(text: string): string; createScriptURL?(url: string): string }): {
    createHTML(text: string): string;
  };
}

const factory = (globalThis as { trustedTypes?: Policies }).trustedTypes;

/** Workers may only come from this site: its service worker, its built files, and the map's own blobs. */
export function ownScript(url: string): string {
  const { origin, pathname, protocol } = new URL(url, location.href);
  const ours = origin === location.origin && (protocol === "blob:" || pathname === "/sw.js" || pathname.startsWith("/assets/"));
  if (!ours) throw new TypeError(`not a script of this site: ${url}`);
  return url;
}

factory?.createPolicy("default", { createScriptURL: ownScript });
const pages = factory?.createPolicy("server-pages", { createHTML: (text) => text });

/** A page of our own server as a document; its scripts do not run. */
export function parsePage(text: string): Document {
  return new DOMParser().parseFromString(pages ? pages.createHTML(text) : text, "text/html");
}
