import { standing } from "@/places/standing";
import { place } from "./place";

const METRE = 1 / 111_195;
const doors = [0, 12, 30, 60, 400].map((north) => place(`n${north}`, { lat: 47.21 + north * METRE }));
const at = (north: number, accuracy = 5) => standing({ lon: -1.56, lat: 47.21 + north * METRE, accuracy }, doors);
const refs = (found: ReturnType<typeof at>) => (found.kind === "at" ? found.doors.map(({ place: { ref } }) => ref) : found.kind);

test("every door within reach is offered, nearest first, three at most", () => {
  expect(refs(at(0))).toEqual(["n0", "n12", "n30"]);
  expect(refs(at(398))).toEqual(["n400"]);
});

test("an uncertain position reaches further, within bounds", () => {
  expect(refs(at(330, 5))).toBe("between");
  expect(refs(at(330, 60))).toEqual(["n400"]);
  expect(refs(at(230, 5000))).toBe("between");
});

test("somebody far from every door is told so", () => {
  expect(refs(at(900))).toBe("far");
  expect(at(900)).toMatchObject({ nearest: { place: { ref: "n400" } } });
  expect(refs(standing({ lon: 0, lat: 0, accuracy: 1 }, []))).toBe("nowhere");
});
