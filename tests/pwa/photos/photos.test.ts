import { database } from "@/offline/db";
import type { Answered, Item } from "@/offline/items";
import * as outbox from "@/offline/outbox";
import { asFile } from "@/opinions/save";
import { inWords } from "@/photos/note";
import { ownPhotos } from "@/photos/own";
import { fit, prepare } from "@/photos/prepare";

const about = { process: "nantes", lang: "fr", title: "12", place: "a", seq: 1, person: 0, attempts: 0 };
const waits = (id: string, more = {}) => ({ ...about, id, kind: "photo", of: "x", type: "image/jpeg", size: 3, ...more }) as Item;
const received = (id: string, place: string, person: number) => ({ id, process: "nantes", kind: "photo", place, body: { person }, answer: {} }) as Answered;
const file = (name: string, type: string, size = 3) => new File([new Uint8Array(size)], name, { type });

describe("what leaves the phone", () => {
  test("keeps its shape, and never grows", () => {
    expect(fit(4000, 3000, 2048)).toEqual({ width: 2048, height: 1536 });
    expect(fit(10, 4000, 2048)).toEqual({ width: 5, height: 2048 });
    expect(fit(9000, 1, 2048)).toEqual({ width: 2048, height: 1 });
    expect(fit(800, 600, 2048)).toEqual({ width: 800, height: 600 });
  });

  test("what this browser cannot draw goes as it is when the server can, and else not at all", async () => {
    vi.stubGlobal("createImageBitmap", () => Promise.reject(new Error("no such picture")));
    const heic = file("IMG_1.HEIC", "");
    expect(await prepare(heic)).toEqual({ picture: heic });
    expect(await prepare(file("a.svg", "image/svg+xml"))).toBe("unreadable");
    expect(await prepare(file("a.heic", "image/heic", 12_000_001))).toBe("too-large");
  });
});

describe("one's own photos of a place", () => {
  test("are those of whoever answers now, received ones first, each with its state", () => {
    const items = [waits("1"), waits("2", { attempts: 1 }), waits("3", { attempts: 1, refusal: { code: "phase-closed", detail: "" } }), waits("4", { person: 1 }), waits("5", { place: "b" })];
    const own = ownPhotos(items, [received("6", "a", 0), received("7", "a", 1), received("8", "b", 0)], "a", 0, "2");
    expect(own.map(({ id, state }) => `${id} ${state}`)).toEqual(["6 received", "1 waiting", "2 leaving", "3 refused"]);
    expect(own.filter(({ removable }) => removable).map(({ id }) => id)).toEqual(["1", "3"]);
    expect(inWords(own)).toBe("1 photo reçue · 2 photos en attente sur ce téléphone · 1 photo non enregistrée");
  });

  test("are told once while the server's word about one is being kept", () => {
    expect(ownPhotos([waits("1")], [received("1", "a", 0)], "a", 0, "1").map(({ id, state }) => `${id} ${state}`)).toEqual(["1 received"]);
  });

  test("keep a small picture once the server has the large one, until the answer is taken back", async () => {
    const words = { process: "nantes", lang: "fr", title: "12", day: "" };
    const [picture, thumb] = ["large", "small"].map((text) => new Blob([text], { type: "image/jpeg" }));
    const { item } = await outbox.say({ ...words, intention: { place: "a", wishes: ["bakery"] } });
    const photo = await outbox.keep({ ...words, kind: "photo", place: "a", opinion: item.id, picture: picture!, thumb: thumb! });
    await outbox.release(item.id);
    await outbox.release(photo.id, { id: photo.id, status: "stored" });
    expect(await (await database()).count("photos")).toBe(0);
    const [own] = ownPhotos([], await outbox.answered("nantes", "photo"), "a", 0, "");
    expect(new TextDecoder().decode(own?.thumb?.bytes)).toBe("small");
    await outbox.say({ ...words, intention: { place: "a", withdraw: true } });
    expect(await outbox.answered("nantes", "photo")).toEqual([]);
  });

  test("leave by hand with their picture", async () => {
    const sending = { process: "export", lang: "fr", title: "12", place: "a", opinion: "x", picture: new Blob(["hé"], { type: "image/jpeg" }), thumb: new Blob(["s"]) };
    const photo = await outbox.keep({ ...sending, kind: "photo" });
    const { items } = JSON.parse(await asFile([photo]));
    expect(items[0]).toMatchObject({ id: photo.id, of: "x", picture: `data:image/jpeg;base64,${Buffer.from("hé").toString("base64")}` });
    expect(items[0]).not.toHaveProperty("thumb");
  });

  test("go with an answer that is taken back, also when they may be on their way", async () => {
    const words = { process: "rezé", lang: "fr", title: "12", day: "" };
    const { item } = await outbox.say({ ...words, intention: { place: "a", wishes: ["bakery"] } });
    const photo = await outbox.keep({ ...words, kind: "photo", place: "a", opinion: item.id, picture: new Blob(["x"]) });
    await outbox.depart(item.id);
    await outbox.depart(photo.id);
    await outbox.say({ ...words, intention: { place: "a", withdraw: true } });
    expect((await outbox.list()).filter(({ process }) => process === "rezé").map(({ kind }) => kind)).toEqual(["opinion", "opinion"]);
  });
});
