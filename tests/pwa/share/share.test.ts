// @vitest-environment happy-dom
import { share } from "@/share/share";

const shared = { url: "/rue/lieux/C12", title: "12, rue Crébillon" };
const phone = (parts: Record<string, unknown>) => vi.stubGlobal("navigator", parts);

afterEach(() => vi.unstubAllGlobals());

test("the phone's own sharing comes first, with the whole address", async () => {
  const native = vi.fn(async (_: ShareData) => undefined);
  phone({ share: native });
  expect(await share(shared)).toBe("shared");
  expect(native.mock.calls[0]?.[0].url).toBe(new URL("/rue/lieux/C12", location.href).href);
});

test("a sheet that the person closed copies nothing behind their back", async () => {
  const writeText = vi.fn();
  phone({ share: async () => Promise.reject(new DOMException("", "AbortError")), clipboard: { writeText } });
  expect(await share(shared)).toBe("given-up");
  expect(writeText).not.toHaveBeenCalled();
});

test("without sharing, or where it fails, the link is copied", async () => {
  const writeText = vi.fn(async (_: string) => undefined);
  phone({ clipboard: { writeText } });
  expect(await share(shared)).toBe("copied");
  phone({ share: async () => Promise.reject(new DOMException("", "NotAllowedError")), clipboard: { writeText } });
  expect(await share(shared)).toBe("copied");
  expect(writeText.mock.calls.every(([text]) => text.endsWith("/rue/lieux/C12"))).toBe(true);
});

test("where nothing may be copied the link is shown", async () => {
  phone({});
  expect(await share(shared)).toBe("by-hand");
});
