import { signOf } from "@/places/sign";

test.each([
  ["la pharmacie", "PHARMACIE"],
  ["Coiffure Perrine", "COIFFURE…"],
  ["Les Gâteaux d’Iris", "GÂTEAUX…"],
  ["Au pain de Nantes", "AU PAIN…"],
  ["Quincaillerie", "QUINCAILLE…"],
  ["l’opticien", "OPTICIEN"],
])("the sign of %s says %s", (name, said) => {
  expect(signOf(name)).toBe(said);
  expect(said.length).toBeLessThanOrEqual(11);
});
