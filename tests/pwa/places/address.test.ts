import { addressInWords, spotAt, spotOf, streetsToChoose } from "@/places/address";
import type { Street } from "@/places/search";
import { place } from "./place";

const street: Street = { name: "Rue Scribe", rank: "minor", lines: [[[-1.56, 47.21]]], numbers: { "3": [-1.56, 47.2101], "9": [-1.5602, 47.2102] } };

test("an address is said as the server says it", () => {
  expect(addressInWords({ street: "Rue Crébillon", number: "12" }, "fr")).toBe("12, rue Crébillon");
  expect(addressInWords({ street: "Rue Crébillon", number: "12" }, "en")).toBe("12 Rue Crébillon");
  expect(addressInWords({ street: "La Croisière", number: "3" }, "fr")).toBe("3, La Croisière");
  expect(addressInWords({ street: "Rue Crébillon", number: "" }, "fr")).toBe("Rue Crébillon");
});

test("a point takes the name of the nearest number, and keeps its own place", () => {
  expect(spotAt({ lon: -1.5601, lat: 47.21 }, [street], [])).toEqual({ lon: -1.5601, lat: 47.21, street: "Rue Scribe", number: "3" });
  expect(spotAt({ lon: -1.57, lat: 47.21 }, [street], [])).toMatchObject({ street: "", number: "" });
});

test("without the town's streets those of the doors serve", () => {
  const doors = [place("a", { street: "Rue B", number: "2", lon: -1.5 }), place("b", { street: "Rue A", number: "4" }), place("c", { street: "Rue B" })];
  const known = streetsToChoose([], doors);
  expect(known.map(({ name }) => name)).toEqual(["Rue A", "Rue B"]);
  expect(spotOf(known[1]!, "3")).toMatchObject({ street: "Rue B", number: "2", lon: -1.5 });
  expect(streetsToChoose([street], doors)).toEqual([street]);
  expect(spotAt({ lon: -1.5, lat: 47.21 }, [], doors)).toMatchObject({ street: "Rue B", number: "2" });
});
