import { pointOn } from "@/map/here";

const drawn = { centre: { lon: -1.55, lat: 47.2 }, across: 400, width: 400, height: 200 };
/** One degree of latitude, in metres. */
const DEGREE = 40_075_016.686 / 360;

test("who stands in the middle of what is drawn is drawn in its middle", () => {
  expect(pointOn(drawn, drawn.centre)).toEqual({ x: 200, y: 100 });
});

test("fifty metres to the north are fifty pixels up, where a metre is a pixel", () => {
  const at = pointOn(drawn, { lon: -1.55, lat: 47.2 + 50 / DEGREE })!;
  expect([at.x, at.y].map(Math.round)).toEqual([200, 50]);
});

test("fifty metres to the east are fifty pixels to the right", () => {
  const at = pointOn(drawn, { lon: -1.55 + 50 / DEGREE / Math.cos((47.2 * Math.PI) / 180), lat: 47.2 })!;
  expect([at.x, at.y].map(Math.round)).toEqual([250, 100]);
});

test("who stands elsewhere is not drawn at all", () => {
  expect(pointOn(drawn, { lon: -1.5, lat: 47.2 })).toBeUndefined();
});
