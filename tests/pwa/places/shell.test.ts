import { pageAt } from "@/places/shell";

test.each([
  ["/nantes/", { name: "walk" }],
  ["/nantes/mes-avis", { name: "mine" }],
  ["/nantes/lieux/rue-crebillon-12", { name: "place", ref: "rue-crebillon-12" }],
  ["/nantes/lieux/rue-crebillon-12/merci", { name: "thanks", ref: "rue-crebillon-12" }],
  ["/nantes/resultats", { name: "results" }],
  ["/nantes/lieux/rue-crebillon-12/suivre", { name: "follow" }],
  ["/nantes/confidentialite", { name: "unknown" }],
  ["/nantes/lieux/../../bureau", { name: "unknown" }],
])("%s names its page", (path, page) => {
  expect(pageAt("nantes", path)).toEqual(page);
});
