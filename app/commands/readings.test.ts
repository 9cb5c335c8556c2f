import { afterAll, beforeAll, expect, test } from "vitest";
import { addDevice, connectNode } from "../testing/field-node.ts";
import { createTestInstallation, type TestServer } from "../testing/server-process.ts";
import { settled } from "../testing/settled.ts";

/** `quarantine` and `redecode` against the real program, in a process of its own. */

const installation = createTestInstallation();
let server: TestServer;
beforeAll(async () => {
  server = await installation.start();
});
afterAll(() => installation.remove());

test("quarantine names who could not read it, and redecoding tells what there was and what there is", async () => {
  const node = await connectNode(server, "soil-1", await addDevice(server, { id: "soil-1" }));
  const values = (moisture: number) => JSON.stringify({ values: { "soil.moisture": moisture } });
  await node.send(values(31));
  await node.send(values(140));
  await settled(server);
  await node.end();

  const listed = await installation.run("quarantine", "--decoder", "native");
  expect(listed.out).toMatch(/^1 in quarantine: implausible 1$/m);
  expect(listed.out).toMatch(/ +soil-1 +implausible +native\/\d+ +values/);
  expect((await installation.run("quarantine", "--decoder", "chirpstack")).out).toBe(
    "Nothing is in quarantine.\n",
  );

  const again = await installation.run("redecode", "--from", "1h", "--to", "2099-01-01");
  expect(again).toMatchObject({ code: 0, err: "" });
  expect(again.out).toMatch(/^2 uplinks decoded again$/m);
  expect(again.out).toMatch(/^ +BEFORE +AFTER$/m);
  expect(again.out).toMatch(/^readings +1 +1 +0 added, 0 changed, 0 removed$/m);
  expect(again.out).toMatch(/^in quarantine +1 +1 +implausible 1$/m);
}, 60_000);
