import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { stringify } from "yaml";
import { addDevice, connectNode } from "../testing/field-node.ts";
import { hasProgram } from "../testing/has-program.ts";
import { selfSigned } from "../testing/self-signed.ts";
import { createTestInstallation, type TestServer } from "../testing/server-process.ts";

/** Whoever starts the program and fails is told what, where, and what would be right: never a stack, never half a start. */

const installation = createTestInstallation();
let server: TestServer;
beforeAll(async () => {
  server = await installation.start();
}, 120_000);
afterAll(() => installation.remove());

const limit = { timeout: 120_000 };

/** The end of a start with another configuration in the same folder. */
async function startWith(name: string, settings: object): Promise<string> {
  const file = join(installation.folder, `${name}.yaml`);
  const free = { data: join(installation.folder, name), broker: { mqttPort: 0 }, http: { port: 0 } };
  writeFileSync(file, stringify({ ...free, ...settings }));
  const { code, err } = await installation.run("--config", file, "start");
  expect([code, err]).toEqual([1, expect.not.stringMatching(/\n {4}at /)]);
  return err;
}

test(
  "a second server on the same data folder is refused, and harms the first in nothing",
  limit,
  async () => {
    const told = await startWith("second", { data: installation.data });
    expect(told).toBe(
      `A server runs on the data folder ${installation.data} already (process ${server.pid}). Stop it, or give this one a folder of its own with "data:" in the configuration.\n`,
    );
    const secret = await addDevice(server, { id: "ao-1" });
    const node = await connectNode(server, "ao-1", secret);
    await node.send({ values: { "water.ph": 7.4 } });
    await node.end();
    expect(await server.health()).toMatchObject({ status: "ok" });
  },
);

test("a port that is taken is told by its number", limit, async () => {
  const { port } = new URL(server.url);
  expect(await startWith("mqtt", { broker: { mqttPort: server.mqttPort } })).toMatch(
    `Port ${server.mqttPort} on 127.0.0.1 is taken by another program`,
  );
  expect(await startWith("http", { http: { port: Number(port) } })).toMatch(
    `Port ${port} on 127.0.0.1 is taken by another program`,
  );
});

test("certificates that cannot be used are told all at once, before anything opens", limit, async () => {
  const text = join(installation.folder, "text.pem");
  writeFileSync(text, "no certificate");
  const told = await startWith("tls", {
    broker: { mqttPort: 0, tls: { certFile: "missing.pem", keyFile: text, port: 0 } },
    http: { port: 0, tls: { certFile: text, keyFile: "missing.key" } },
  });
  expect(told.split("\n")).toEqual([
    "TLS cannot be used:",
    expect.stringMatching(/^ {2}broker\.tls\.certFile: .*\/missing\.pem cannot be read \(ENOENT\)$/),
    `  broker.tls.keyFile: ${text} holds no private key; PEM without a passphrase is needed`,
    `  http.tls.certFile: ${text} holds no certificate; PEM is needed, beginning with -----BEGIN CERTIFICATE-----`,
    expect.stringMatching(/^ {2}http\.tls\.keyFile: .*\/missing\.key cannot be read \(ENOENT\)$/),
    "",
  ]);
  expect(existsSync(join(installation.folder, "tls"))).toBe(false);
});

test("a configuration that is a folder, or is not there, is told by its whole path", limit, async () => {
  const folder = join(installation.folder, "folder.yaml");
  mkdirSync(folder);
  expect(await installation.run("--config", folder, "start")).toMatchObject({
    code: 1,
    err: `The configuration file ${folder} cannot be read (EISDIR).\n`,
  });
  expect(await installation.run("--config", `${folder}x`, "start")).toMatchObject({
    code: 1,
    err: `There is no configuration file ${folder}x.\n`,
  });
});

test("a database that is none is told, and that a backup is what helps", limit, async () => {
  const data = join(installation.folder, "damaged");
  mkdirSync(data);
  writeFileSync(
    join(data, "registry.db"),
    "this is no database at all, whatever its name may be".repeat(100),
  );
  expect(await startWith("damaged", {})).toMatch(/is no database any more\. Restore a backup/);
});

test.skipIf(!hasProgram("openssl"))("the key of another certificate is told as such", limit, async () => {
  const { certFile } = selfSigned(installation.folder, "a");
  const { keyFile } = selfSigned(installation.folder, "b");
  expect(await startWith("pair", { broker: { mqttPort: 0, tls: { certFile, keyFile, port: 0 } } })).toBe(
    `TLS cannot be used:\n  broker.tls: the key in ${keyFile} does not belong to the certificate in ${certFile}\n`,
  );
});

test.skipIf(!hasProgram("openssl"))(
  "a certificate about to end is told in log and health, and keeps nobody out",
  limit,
  async () => {
    const tls = { ...selfSigned(installation.folder, "short", 3), port: 0 };
    const own = createTestInstallation({ broker: { tls } });
    const running = await own.start();
    const { status, checks } = await running.health();
    const trouble = expect.stringMatching(
      /^broker\.tls: .*short\.pem ends on .*, in 2 days\. Put a renewed one/,
    );
    expect(checks).toContainEqual(
      expect.objectContaining({ name: "certificate of broker.tls", status: "degraded", message: trouble }),
    );
    expect(status).toBe("degraded");
    expect(running.printed()).toMatch(/short\.pem ends on/);
    await own.remove();
  },
);
