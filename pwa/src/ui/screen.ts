/** A screen that takes the page's place; Back brings the page again, as it was left. */
import { render, type VNode } from "preact";

/** Resolves nothing: the page's own nodes are kept and put back, with its title and class, when the person goes back. */
export function showScreen(view: VNode, title: string, className: string, address: string): void {
  const main = document.querySelector("main");
  if (!main) return;
  const kept = { nodes: [...main.childNodes], title: document.title, className: document.body.className, y: scrollY };
  history.pushState({ screen: true }, "", address);
  addEventListener("popstate", function back({ state }: PopStateEvent) {
    // A later screen of ours was left: this one stands again by its own means.
    if ((state as { screen?: true } | null)?.screen) return;
    removeEventListener("popstate", back);
    render(null, main);
    main.replaceChildren(...kept.nodes);
    document.title = kept.title;
    document.body.className = kept.className;
    scrollTo(0, kept.y);
  });
  main.replaceChildren();
  replaceScreen(view, title, className);
}

/** The next step of the same screen: Back still leads to the page. */
export function replaceScreen(view: VNode, title: string, className: string): void {
  const main = document.querySelector("main")!;
  document.title = title;
  document.body.className = className;
  render(view, main);
  scrollTo(0, 0);
  main.focus({ preventScroll: true });
}
