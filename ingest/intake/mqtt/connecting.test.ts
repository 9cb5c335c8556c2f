import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Aedes } from "aedes";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { freePort } from "../../../testing/free-port.ts";
import type { Intake } from "../intake.ts";
import { recordingSink } from "../testing/recording-sink.ts";
import { hasMosquitto, type MosquittoOptions, startMosquitto } from "./testing/mosquitto.ts";
import { connected, openTestIntake } from "./testing/open-test-intake.ts";

const patience = { timeout: 45_000, interval: 10 };
const untilTrouble = (intake: Intake, words: RegExp) =>
  vi.waitFor(() => expect(intake.usage().trouble).toMatch(words), patience);

const temporaryFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), "canhdong-intake-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
};

/** A Mosquitto that lets in `farm` with the password `rain`. */
async function guardedMosquitto() {
  const folder = temporaryFolder();
  execFileSync("mosquitto_passwd", ["-b", "-c", join(folder, "passwords"), "farm", "rain"], {
    stdio: "ignore",
  });
  return startMosquitto({ config: ["allow_anonymous false", `password_file ${join(folder, "passwords")}`] });
}

/** A broker of 3.1.1 alone, which lets `farm/#` be read and nothing else. */
async function startAedes() {
  const broker = await Aedes.createBroker();
  broker.authorizeSubscribe = (_client, subscription, done) =>
    done(null, subscription.topic === "farm/#" ? subscription : null);
  const server = createServer(broker.handle).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => new Promise<void>((done) => broker.close(() => server.close(() => done()))));
  return `mqtt://127.0.0.1:${(server.address() as { port: number }).port}`;
}

describe.skipIf(!hasMosquitto)("who may come in", () => {
  test.each(["5", "3.1.1"])(
    "a wrong password says what to put right, over MQTT %s, and is in no line",
    async (mqtt) => {
      const broker = await guardedMosquitto();
      const { intake, lines } = openTestIntake(
        { url: broker.url, mqtt, username: "farm", password: "sunshine" },
        recordingSink(),
      );
      await untilTrouble(intake, /put .*`username` and the password right|check `username`, the password/);
      expect(lines.join("\n")).not.toContain("sunshine");
      expect(lines).toHaveLength(1);
    },
  );

  test("a password comes from a file or from the environment, and a user name is asked for by name", async () => {
    const broker = await guardedMosquitto();
    const file = join(temporaryFolder(), "password");
    writeFileSync(file, "rain\n");
    process.env.CANHDONG_TEST_RAIN = "rain";
    onTestFinished(() => void delete process.env.CANHDONG_TEST_RAIN);
    for (const password of [{ passwordFile: file }, { passwordEnv: "CANHDONG_TEST_RAIN" }]) {
      const { intake } = openTestIntake({ url: broker.url, username: "farm", ...password }, recordingSink());
      await connected(intake);
      await intake.close();
    }
    const nobody = openTestIntake({ url: broker.url, mqtt: "3.1.1" }, recordingSink());
    await untilTrouble(nobody.intake, /set `username` and a password/);
  });

  test("two that share a client id hear of it from the one that was pushed out", async () => {
    const broker = await startMosquitto();
    const first = openTestIntake({ url: broker.url }, recordingSink());
    await connected(first.intake);
    openTestIntake({ url: broker.url }, recordingSink());
    await vi.waitFor(
      () => expect(first.lines.join("\n")).toMatch(/another client \w+ .*the client id canhdong-test/),
      patience,
    );
  });
});

describe("where the broker is", () => {
  test.skipIf(!hasMosquitto)("a broker that is not there yet is found when it comes", async () => {
    const port = await freePort();
    const sink = recordingSink();
    const { intake } = openTestIntake({ url: `mqtt://127.0.0.1:${port}` }, sink);
    await untilTrouble(intake, /nobody listens at mqtt:\/\/127\.0\.0\.1/);
    const broker = await startMosquitto({ port });
    await connected(intake);
    expect(intake.usage()).toMatchObject({ trouble: null, reconnects: 0 });
    await (await broker.client()).publishAsync("farm/a", "at last", { qos: 1 });
    await sink.untilAccepted(["at last"]);
  });

  test("closing does not wait for a broker that never comes, nor for one that never answers", async () => {
    const silent = createServer().listen(0, "127.0.0.1");
    await once(silent, "listening");
    onTestFinished(() => void silent.close());
    const { port } = silent.address() as { port: number };
    for (const url of [`mqtt://127.0.0.1:${await freePort()}`, `mqtt://127.0.0.1:${port}`]) {
      const { intake } = openTestIntake({ url }, recordingSink());
      await intake.close();
      expect(intake.usage().connectedSinceMs).toBeNull();
    }
  });

  test("a broker that knows no MQTT 5 is told by the setting that helps", async () => {
    const url = await startAedes();
    const { intake } = openTestIntake({ url, mqtt: "5" }, recordingSink());
    await untilTrouble(intake, /set `mqtt: "3\.1\.1"`/);
  });

  test("a filter that is refused is named with the reason, and the others are followed", async () => {
    const url = await startAedes();
    const { intake, lines } = openTestIntake(
      { url, mqtt: "3.1.1", filters: ["farm/#", "neighbour/#"] },
      recordingSink(),
    );
    await connected(intake);
    expect(intake.usage().refusedFilters).toEqual([
      { filter: "neighbour/#", reason: expect.stringContaining("no right to read it") },
    ]);
    expect(lines.join("\n")).toMatch(/a filter is refused .*neighbour/);
  });
});

describe.skipIf(!hasMosquitto || !hasOpenssl())("over TLS", () => {
  /** A Mosquitto with a certificate for `broker.farm.test` and 127.0.0.1, and the authority that signed it. */
  async function secureMosquitto(options: MosquittoOptions = {}) {
    const authority = makeAuthority();
    const certificate = authority.sign("broker", "subjectAltName=DNS:broker.farm.test");
    const config = [
      `cafile ${authority.file}`,
      `certfile ${certificate.certFile}`,
      `keyfile ${certificate.keyFile}`,
      ...(options.config ?? []),
    ];
    const broker = await startMosquitto({ ...options, config });
    return { url: `mqtts://127.0.0.1:${broker.port}`, authority };
  }
  const open = (url: string, tls: object) => openTestIntake({ url, tls }, recordingSink()).intake;

  test("the broker is believed when its certificate is signed by the authority and bears the name", async () => {
    const { url, authority } = await secureMosquitto();
    await connected(open(url, { caFile: authority.file, serverName: "broker.farm.test" }));
  });

  test("a certificate of somebody else, or for another name, is refused in words", async () => {
    const { url, authority } = await secureMosquitto();
    await untilTrouble(open(url, { serverName: "broker.farm.test" }), /tls\.caFile/);
    await untilTrouble(
      open(url, { caFile: makeAuthority().file, serverName: "broker.farm.test" }),
      /tls\.caFile/,
    );
    await untilTrouble(open(url, { caFile: authority.file }), /tls\.serverName/);
    await untilTrouble(open(url, { caFile: authority.file, serverName: "other.test" }), /tls\.serverName/);
  });

  test("only the explicit word lets anybody pose as the broker", async () => {
    const { url } = await secureMosquitto();
    await connected(open(url, { verify: "none" }));
  });

  test("a broker that asks for our certificate gets it, and says so when it is missing", async () => {
    const { url, authority } = await secureMosquitto({ config: ["require_certificate true"] });
    const trusted = { caFile: authority.file, serverName: "broker.farm.test" };
    await connected(open(url, { ...trusted, ...authority.sign("canhdong", "extendedKeyUsage=clientAuth") }));
    await untilTrouble(open(url, trusted), /`tls\.certFile` and `tls\.keyFile`/);
  });

  test("TLS spoken to a port without it says so", async () => {
    const { port } = await startMosquitto();
    await untilTrouble(open(`mqtts://127.0.0.1:${port}`, {}), /TLS|cut the connection|see its log/);
  });
});

function hasOpenssl(): boolean {
  try {
    execFileSync("openssl", ["version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** A certificate authority of this test's own. */
function makeAuthority() {
  const folder = temporaryFolder();
  const openssl = (...args: string[]) => execFileSync("openssl", args, { stdio: "ignore", cwd: folder });
  const newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  openssl(
    "req",
    "-x509",
    ...newKey,
    "-keyout",
    "ca.key",
    "-out",
    "ca.pem",
    "-subj",
    "/CN=farm authority",
    "-days",
    "2",
  );
  return {
    file: join(folder, "ca.pem"),
    sign(name: string, extension: string) {
      openssl("req", ...newKey, "-keyout", `${name}.key`, "-out", `${name}.csr`, "-subj", `/CN=${name}`);
      writeFileSync(join(folder, `${name}.ext`), extension);
      const signing = [
        "-CA",
        "ca.pem",
        "-CAkey",
        "ca.key",
        "-CAcreateserial",
        "-days",
        "2",
        "-extfile",
        `${name}.ext`,
      ];
      openssl("x509", "-req", "-in", `${name}.csr`, ...signing, "-out", `${name}.pem`);
      return { certFile: join(folder, `${name}.pem`), keyFile: join(folder, `${name}.key`) };
    },
  };
}
