import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { newVersion, update } from "@/offline/worker";

const reload = vi.fn();
const postMessage = vi.fn();
let container: EventTarget;

const waiting = (state: ServiceWorkerState) => ({ state, postMessage }) as unknown as ServiceWorker;

beforeEach(() => {
  container = new EventTarget();
  vi.useFakeTimers();
  vi.stubGlobal("location", { reload });
  vi.stubGlobal("navigator", { serviceWorker: container });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.clearAllMocks();
});

test("a tap lets the new worker in, and the page loads again once it is", () => {
  newVersion.value = waiting("installed");
  update();
  expect(postMessage).toHaveBeenCalledWith("take-over");
  expect(reload).not.toHaveBeenCalled();
  container.dispatchEvent(new Event("controllerchange"));
  expect(reload).toHaveBeenCalledOnce();
});

test("a browser that keeps the old worker does not keep the person waiting", () => {
  newVersion.value = waiting("installed");
  update();
  vi.advanceTimersByTime(3_000);
  expect(reload).toHaveBeenCalledOnce();
});

test("what another tab let in already only needs the page to load again", () => {
  newVersion.value = waiting("activated");
  update();
  expect(reload).toHaveBeenCalledOnce();
  expect(postMessage).not.toHaveBeenCalled();
});
