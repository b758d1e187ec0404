import { sliceOf } from "@/offline/map-pack";

const whole = new Blob([new Uint8Array([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])]);
const bytesOf = async (response: Response) => [...new Uint8Array(await response.arrayBuffer())];

test.each([
  ["bytes=0-3", [0, 1, 2, 3], "bytes 0-3/10"],
  ["bytes=8-", [8, 9], "bytes 8-9/10"],
  ["bytes=-2", [8, 9], "bytes 8-9/10"],
  ["bytes=7-99", [7, 8, 9], "bytes 7-9/10"],
  ["bytes=4-4", [4], "bytes 4-4/10"],
])("%s of the kept map is what a server would answer", async (range, bytes, contentRange) => {
  const answer = sliceOf(whole, range, '"x"');
  expect([answer.status, answer.headers.get("content-range"), answer.headers.get("etag")]).toEqual([206, contentRange, '"x"']);
  expect(answer.headers.get("content-length")).toBe(String(bytes.length));
  expect(await bytesOf(answer)).toEqual(bytes);
});

test("a range past the end is none", () => {
  const answer = sliceOf(whole, "bytes=10-12", '"x"');
  expect([answer.status, answer.headers.get("content-range")]).toEqual([416, "bytes */10"]);
});

test.each(["", "bytes=-", "bytes=0-1,4-5", "lines=1-2"])("what is no single range (%j) gets the whole", async (range) => {
  const answer = sliceOf(whole, range, '"x"');
  expect([answer.status, (await bytesOf(answer)).length]).toEqual([200, 10]);
});
