import { expect, test } from "vitest";
import { commandLine } from "../testing/command-line.ts";

test("a LoRaWAN node is added by the DevEUI on its label", async () => {
  const device = commandLine("device");
  expect(
    await device("add", "ruong-12", "--model", "lse01", "--dev-eui", "A8-40-41-FF-FF-12-34-56"),
  ).toMatchObject({
    code: 0,
    err: "",
  });
  expect((await device("list")).out).toMatch(/^ruong-12 +ruong-12 +lse01 +a84041ffff123456 /m);
  const again = await device("add", "ruong-13", "--dev-eui", "a84041ffff123456");
  expect([again.code, again.err]).toEqual([1, expect.stringContaining('"ruong-12" has the DevEUI')]);
});

test("what is not named stays when a device is changed", async () => {
  const device = commandLine("device");
  await device("add", "muong-1", "--label", "Mương chính", "--interval", "600");
  const changed = await device("change", "muong-1", "--model", "em500-udl", "--mounting-height", "250");
  expect([changed.code, changed.out]).toEqual([0, expect.stringContaining("redecode")]);
  expect((await device("list")).out).toMatch(/^muong-1 +Mương chính +em500-udl +- +600 s/m);
  expect(await device("change", "muong-9", "--interval", "60")).toMatchObject({ code: 1 });
});

test("a model that nobody knows is taken, with a word about what may be meant", async () => {
  const device = commandLine("device");
  const { code, err } = await device("add", "ruong-1", "--model", "lse10");
  expect([code, err]).toEqual([0, expect.stringMatching(/Did you mean .*dragino-lse01/)]);
});
