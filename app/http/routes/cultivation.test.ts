import { afterEach, beforeEach, expect, test } from "vitest";
import { type FarmServer, openFarmServer } from "../testing/farm-server.ts";

let farm: FarmServer;
beforeEach(async () => {
  farm = await openFarmServer();
});
afterEach(() => farm.close());

const tell = (person: string, place: string, body: object) =>
  farm.send(person, "POST", `/places/${place}/cultivation`, body);
const midnight = (date: string) => Date.parse(`${date}T00:00:00+07:00`);

test("an officer tells what grows in their commune from a local day on, and the farmer sees it", async () => {
  const sown = { fromDate: "2026-06-01", crop: "rice", variety: "ST25", soilTexture: "clay" };
  expect((await tell("minh", "parcel-hoa", sown)).status).toBe(201);
  await tell("minh", "parcel-hoa", { fromDate: "2026-06-20", stage: "tillering" });
  const answer = await farm.ask("hoa", "/places/parcel-hoa/cultivation");
  expect(await answer.json()).toMatchObject({
    cultivations: [
      { fromMs: midnight("2026-06-01"), toMs: midnight("2026-06-20"), crop: "rice", stage: null },
      { crop: "rice", variety: "ST25", stage: "tillering", soilTexture: "clay", toMs: null },
    ],
  });
  expect(farm.registry.changes(0, 1000).at(-1)).toMatchObject({ who: "minh", action: "cultivated" });
});

test("nobody tells of what they may not see, and a farmer not at all", async () => {
  const body = { fromDate: "2026-06-01", crop: "rice" };
  expect((await tell("minh", "pond-binh", body)).status).toBe(404);
  expect((await farm.ask("hoa", "/places/pond-binh/cultivation")).status).toBe(404);
  expect((await tell("hoa", "parcel-hoa", body)).status).toBe(403);
});

test.each([
  [{ fromDate: "1/6/2026", crop: "rice" }, "2026-06-01"],
  [{ fromDate: "2026-06-01", soilTexture: "mud" }, "clay"],
  [{ fromDate: "2026-06-01" }, "tells nothing"],
  [{ fromDate: "2026-06-01", crop: "Lúa" }, "such as `rice`"],
])("%o is refused with what would be right", async (body, right) => {
  const answer = await tell("minh", "parcel-hoa", body);
  expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining(right)]);
});

test("a rule for a crop watches its places from the day on which it grows there", async () => {
  const earlyWater = async () => {
    const { packs } = (await (await farm.ask("trang", "/rules/packs")).json()) as {
      packs: { name: string; rules: { name: string; watches: object }[] }[];
    };
    return packs.find(({ name }) => name === "rice")?.rules.find(({ name }) => name === "rice.early-water");
  };
  await farm.measure({ device: "soil-1", quantity: "water.level", value: 0.03 });
  expect(await earlyWater()).toMatchObject({ watches: { devices: 0 } });
  await tell("minh", "parcel-hoa", { fromDate: "2026-11-10", crop: "rice", stage: "early" });
  expect(await earlyWater()).toMatchObject({ watches: { devices: 1, places: [{ id: "parcel-hoa" }] } });
});
