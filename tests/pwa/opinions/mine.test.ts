import { shownTo } from "@/opinions/mine";
import type { Mine } from "@/opinions/types";

const said = [0, 1, 0, 2].map((person, i) => ({ process: "p", person, place: `d${i}`, title: "", id: `${i}`, day: "", opinion: {} }) as Mine);

test("somebody whom the phone was lent to sees their own answers and nobody else's", () => {
  expect(shownTo(1, said).map(({ place }) => place)).toEqual(["d1"]);
  expect(shownTo(5, said)).toEqual([]);
});

test("the phone's own person sees what everybody said on it", () => {
  expect(shownTo(0, said)).toEqual(said);
});
