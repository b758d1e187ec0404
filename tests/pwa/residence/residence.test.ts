// @vitest-environment happy-dom
import { rememberAsked, wasAsked } from "@/residence/asked";
import { residenceOf } from "@/residence/body";

const form = (...pairs: [string, string][]) => {
  const data = new FormData();
  for (const [name, value] of pairs) data.append(name, value);
  return data;
};

test("what is left out is absent, and nothing ticked is no answer", () => {
  expect(residenceOf(form(), 1)).toBeUndefined();
  expect(residenceOf(form(["age", "30-44"]), 0)).toEqual({ v: 1, age: "30-44" });
  expect(residenceOf(form(["sector", "ile"], ["ties", "lives"], ["ties", "works"]), 0)).toEqual({ v: 1, sector: "ile", ties: ["lives", "works"] });
});

test("whoever it was lent to answers for themselves", () => {
  expect(residenceOf(form(["age", "75-plus"]), 2)).toEqual({ v: 1, age: "75-plus", person: 2 });
});

test("that it was asked is remembered for the pages of its process only, and for one person", () => {
  expect(wasAsked(0)).toBe(false);
  rememberAsked("elsewhere", 0);
  expect(wasAsked(0)).toBe(false);
  document.cookie = "devanture_vous=1";
  expect([0, 1, 2].map(wasAsked)).toEqual([true, false, false]);
  document.cookie = "devanture_vous_2=1";
  expect([0, 1, 2].map(wasAsked)).toEqual([true, false, true]);
});
