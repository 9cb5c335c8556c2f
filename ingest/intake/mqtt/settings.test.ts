import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { prepareIntakes } from "./prepare-intakes.ts";
import { mqttIntakes, withFilesFrom } from "./settings.ts";

const least = {
  name: "chirpstack",
  url: "mqtts://mqtt.example.vn",
  filters: ["application/+/device/+/event/+"],
};

/** What is said of these intakes, each as `path: message`. */
function problems(...written: object[]): string[] {
  const { error } = mqttIntakes.safeParse(written);
  return (error?.issues ?? []).map(({ path, message }) => `${path.join(".")}: ${message}`);
}
const prepare = (written: object, env = {}) =>
  prepareIntakes(mqttIntakes.parse([{ ...least, ...written }]), env);

test("name, url and filters are enough", () => {
  expect(mqttIntakes.parse([least])).toEqual([
    {
      ...least,
      mqtt: "5",
      clientId: "canhdong-chirpstack",
      stripPrefix: "",
      tls: { caFile: null, certFile: null, keyFile: null, serverName: null, verify: "full" },
    },
  ]);
});

test.each([
  [{ name: "Chirp Stack" }, /^0\.name: must be small letters/],
  [{ url: "http://mqtt.example.vn" }, /^0\.url: must be mqtt:\/\/HOST:PORT/],
  [{ url: "mqtts://farm:rain@mqtt.example.vn" }, /^0\.url: must be host and port alone/],
  [{ url: "mqtts://mqtt.example.vn/topic" }, /^0\.url: must be host and port alone/],
  [{ filters: ["a/#/b"] }, /^0\.filters\.0: must be an MQTT topic filter/],
  [{ filters: ["$share/workers/a"] }, /^0\.filters\.0: .*`share`/],
  [{ filters: ["a/#", "a/#"] }, /^0\.filters: names a filter twice/],
  [{ filters: [] }, /^0\.filters/],
  [{ username: "farm", password: "rain", passwordEnv: "RAIN" }, /^0\.passwordEnv: comes beside `password`/],
  [{ password: "rain" }, /^0\.username: is missing/],
  [
    { url: "mqtt://mqtt.example.vn", username: "farm", password: "rain" },
    /^0\.url: .*clear text.*plainText: allow/,
  ],
  [{ tls: { certFile: "us.pem" } }, /^0\.tls: needs `certFile` and `keyFile` together/],
  [{ url: "mqtt://127.0.0.1", tls: { verify: "none" } }, /^0\.tls: is for mqtts/],
  [{ share: "workers" }, /^0\.clientId: is missing/],
  [{ share: "a/b", clientId: "w-1" }, /^0\.share: must be one level/],
  [{ qos: 2 }, /Unrecognized key: "qos"/],
])("%j is refused with what would be right", (wrong, words) => {
  expect(problems({ ...least, ...wrong })).toEqual([expect.stringMatching(words)]);
});

test("a password without TLS is for this machine, or for whoever says so", () => {
  const user = { username: "farm", password: "rain" };
  expect(problems({ ...least, ...user, url: "mqtt://127.0.0.1:1884" })).toEqual([]);
  expect(problems({ ...least, ...user, url: "mqtt://192.168.1.5", plainText: "allow" })).toEqual([]);
});

test("two intakes have names and client ids of their own", () => {
  expect(problems(least, least)).toEqual([
    expect.stringMatching(/^1\.name: is taken/),
    expect.stringMatching(/^1\.clientId: .*cut each other off/),
  ]);
  expect(problems(least, { ...least, name: "other" })).toEqual([]);
  expect(
    problems(least, {
      ...least,
      name: "other",
      url: "mqtts://elsewhere.vn",
      clientId: "canhdong-chirpstack",
    }),
  ).toEqual([]);
});

test("files are named from the folder of the configuration", () => {
  const written = { ...least, username: "farm", passwordFile: "secret", tls: { caFile: "ca.pem" } };
  const [read] = mqttIntakes.parse([written]);
  const { passwordFile, tls } = withFilesFrom((file) => `/etc/canhdong/${file}`, read!);
  expect([passwordFile, tls.caFile, tls.certFile]).toEqual([
    "/etc/canhdong/secret",
    "/etc/canhdong/ca.pem",
    null,
  ]);
});

test("what cannot be read is told before anything connects, all at once", () => {
  const folder = mkdtempSync(join(tmpdir(), "canhdong-intake-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, "note.pem"), "this is no certificate");
  const one = {
    ...least,
    username: "farm",
    passwordEnv: "NO_RAIN",
    tls: { caFile: join(folder, "note.pem") },
  };
  const other = { ...least, name: "other", username: "farm", passwordFile: join(folder, "none") };
  const { problems } = prepareIntakes(mqttIntakes.parse([one, { ...other, clientId: "o" }]), {});
  expect(problems).toEqual([
    "intakes.chirpstack.passwordEnv: there is no environment variable NO_RAIN",
    expect.stringMatching(/^intakes\.chirpstack\.tls\.caFile: is no PEM/),
    `intakes.other.passwordFile: ${join(folder, "none")} cannot be read (ENOENT)`,
  ]);
});

test("a password file may end with a line break, which is no part of the password", () => {
  const folder = mkdtempSync(join(tmpdir(), "canhdong-intake-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, "password"), "mưa rào \r\n");
  const { prepared } = prepare({ username: "farm", passwordFile: join(folder, "password") });
  expect(prepared[0]?.credentials.password).toBe("mưa rào ");
  const fromEnv = prepare({ username: "farm", passwordEnv: "RAIN" }, { RAIN: "mưa" });
  expect(fromEnv.prepared[0]?.credentials.password).toBe("mưa");
});
