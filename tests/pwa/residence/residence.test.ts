// @vitest-environment happy-dom
import { rememberAsked, wasAsked } from "@/residence/asked";
import { residenceOf } from "@/residence/body";

const form = (...pairs: [string, string][]) => {
  const data = new FormData();
  for (const [name, value] of pairs) data.append(name, value);
  return data;
};

test("what is left out is absent, and nothing ticked is no answer", () => {
  expect(residenceOf(form())).toBeUndefined();
  expect(residenceOf(form(["age", "30-44"]))).toEqual({ v: 1, age: "30-44" });
  expect(residenceOf(form(["sector", "ile"], ["ties", "lives"], ["ties", "works"]))).toEqual({ v: 1, sector: "ile", ties: ["lives", "works"] });
});

test("that it was asked is remembered for the pages of its process only", () => {
  expect(wasAsked()).toBe(false);
  rememberAsked("elsewhere");
  expect(wasAsked()).toBe(false);
  document.cookie = "devanture_vous=1";
  expect(wasAsked()).toBe(true);
});
