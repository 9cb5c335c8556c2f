import { Command } from "commander";
import { expect, test } from "vitest";
import { type CommandContext, UserError } from "./context.ts";
import { registerDecode } from "./decode.ts";

async function decode(...words: readonly string[]): Promise<string> {
  let told = "";
  const context: CommandContext = {
    out: (text) => {
      told += text;
    },
    err: () => {},
    env: {},
    isTerminal: false,
    now: () => Date.UTC(2026, 10, 21),
    settings: () => expect.fail("decoding needs no configuration"),
  };
  const program = new Command("canhdong").exitOverride().configureOutput({ writeErr: () => {} });
  registerDecode(program, context);
  for (const command of program.commands) command.exitOverride().copyInheritedSettings(program);
  await program.parseAsync(["decode", ...words], { from: "user" });
  return told;
}

test("bytes become quantities with their units", async () => {
  const told = await decode("--model", "lse01", "--port", "2", "CE2900F107A5099B6E2890");
  expect(told).toContain(
    "Dragino LSE01 soil moisture, temperature and conductivity (dragino-lse01/2), 11 bytes",
  );
  expect(told).toMatch(/^soil\.moisture +19\.57 +%$/m);
  expect(told).toMatch(/^soil\.ec +28\.2 +dS\/m$/m);
  expect(told).not.toContain("REFUSED");
});

test("bytes may be written as people write them", async () => {
  const told = await decode(
    "-m",
    "EM500-UDL",
    "-p",
    "85",
    "--height",
    "250",
    "0x01 0x75 0x64",
    "03:82:34:05",
  );
  expect(told).toMatch(/^water\.distance +1\.332 +m$/m);
  expect(told).toMatch(/^water\.level +1\.168 +m$/m);
});

test("what is refused, carried besides and flagged is told, and when history was measured", async () => {
  const told = await decode("-m", "sensecap-s2105", "-p", "1", "010C10FFFFFF7F0000");
  expect(told).toMatch(/^implausible +soil\.ec +2147483\.647; plausible is 0 to 50 dS\/m$/m);
  expect(told).toContain("FLAGS  checksum-wrong");
  const probe = await decode("-m", "lht65n", "-p", "3", "0ADD0B0D03764165E00B00");
  expect(probe).toMatch(/^air\.temperature +28\.29 +°C +2024-02-29T04:41:36\.000Z$/m);
  expect(probe).toMatch(/^probe\.temperature +27\.81 +°C +2024-02-29/m);
  const raw = await decode("-m", "lse01", "-p", "2", "0D3B7FFF009605DC00C890");
  expect(raw).toMatch(/^ALSO CARRIED, NOT STORED[\s\S]*^soil\.rawMoisture +1500$/m);
});

test("a frame without measurements says so", async () => {
  expect(await decode("-m", "uc511", "-p", "85", "FE1DA000B00400")).toContain("Nothing is measured");
});

test("programs get JSON", async () => {
  const told = JSON.parse(await decode("-m", "tbhh100", "-p", "103", "--json", "08AB3522FFFFFFFF"));
  expect(told).toMatchObject({ model: "browan-tbhh100", version: 1, flags: [], rejections: [] });
  expect(told.values).toContainEqual({ quantity: "air.temperature", value: 21, measuredAtMs: null });
});

test("every model is listed", async () => {
  const lines = (await decode("--list")).trim().split("\n");
  expect(lines.length).toBeGreaterThan(40);
  expect(lines.join("\n")).toMatch(/^milesight-gs301 +GS301 ammonia/m);
});

test("a mistyped model is suggested, other mistakes are explained", async () => {
  const mistake = async (...words: readonly string[]) => {
    const error = await decode(...words).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UserError);
    return (error as UserError).message;
  };
  expect(await mistake("-m", "lse10", "-p", "2", "00")).toMatch(/Did you mean .*dragino-lse01/);
  expect(await mistake("-m", "toaster", "-p", "2", "00")).toMatch(
    /No device model is called toaster\. `canhdong/,
  );
  expect(await mistake("-p", "2", "00")).toContain("--model");
  expect(await mistake("-m", "lse01", "00")).toContain("--port");
  expect(await mistake("-m", "lse01", "-p", "2")).toContain("no bytes");
  expect(await mistake("-m", "lse01", "-p", "2", "CE2")).toContain("two of 0-9 and A-F for each byte");
  await expect(decode("-m", "lse01", "-p", "300", "00")).rejects.toThrow(/from 1 to 223/);
});
