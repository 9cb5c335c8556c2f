import { expect, test } from "vitest";
import { commandLine } from "../testing/command-line.ts";

test("a gateway is added, moved, listed and removed, by its EUI in whatever case it is printed", async () => {
  const gateway = commandLine("gateway");
  expect((await gateway("list")).out).toMatch(/There is no gateway yet/);
  await gateway("add", "A84041FFFF1EB5C0", "--label", "Nhà văn hóa thôn 3");
  const moved = await gateway("move", "a84041ffff1eb5c0", "--latitude", "12.68", "--longitude", "108.04");
  expect(moved).toEqual({ code: 0, out: "Nhà văn hóa thôn 3 stands at 12.68, 108.04.\n", err: "" });
  expect((await gateway("list")).out).toMatch(
    /^a84041ffff1eb5c0 +Nhà văn hóa thôn 3 +12\.68, 108\.04 +\? .*the server does not run$/m,
  );
  await gateway("remove", "A84041ffff1eb5c0");
  expect((await gateway("list")).out).toMatch(/There is no gateway yet/);
});

test("half a position, and a gateway that nobody has added, are refused in words", async () => {
  const gateway = commandLine("gateway");
  const half = await gateway("add", "gw-1", "--latitude", "12.68");
  expect([half.code, half.err]).toEqual([1, expect.stringContaining("latitude and longitude come together")]);
  const unknown = await gateway("remove", "gw-1");
  expect([unknown.code, unknown.err]).toEqual([1, expect.stringContaining("gw-1")]);
});
