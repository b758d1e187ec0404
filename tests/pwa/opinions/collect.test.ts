import { collect, shortcoming } from "@/opinions/collect";

function form(entries: [string, string][]): FormData {
  const data = new FormData();
  for (const [name, value] of entries) data.append(name, value);
  return data;
}

test("a filled form becomes an intention without its empty fields", () => {
  const data = form([
    ["uuid", "x"], ["seq", "4"], ["families_shown", "food,care"], ["wishes", "bakery"], ["wishes", "grocer"], ["wishes", "bakery"],
    ["other", "  "], ["nuisances", "noise"], ["frequency", "weekly"], ["comment", " le matin "],
  ]);
  expect(collect("rue-12", data)).toEqual({
    place: "rue-12", wishes: ["bakery", "grocer"], families_shown: ["food", "care"],
    nuisances: ["noise"], frequency: "weekly", comment: "le matin",
  });
});

test("words too long for the server are cut at its own limits", () => {
  const intention = collect("a", form([["other", "x".repeat(130)], ["comment", "y".repeat(1200)]]));
  expect(intention.other).toHaveLength(120);
  expect(intention.comment).toHaveLength(1000);
});

test("an answer needs a wish or words, and no more wishes than asked", () => {
  expect(shortcoming({ place: "a", wishes: [] }, 3)).toBe("nothing-chosen");
  expect(shortcoming({ place: "a", wishes: [], other: "un jardin" }, 3)).toBeUndefined();
  expect(shortcoming({ place: "a", wishes: ["b", "c"] }, 1)).toBe("too-many");
  expect(shortcoming({ place: "a", wishes: ["b"] }, 1)).toBeUndefined();
});
