import { execFile, execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { describe, expect, onTestFinished, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { parseSettings } from "../app/settings/read-settings.ts";
import { createTestInstallation } from "../app/testing/server-process.ts";
import { optionsFrom } from "../dashboards/flows/options.ts";

/**
 * The stack as it is written, held against its own rules and against the programs that read the same files, outside a container.
 * What needs a container is not proven here: docs/deployment.md names it.
 */
const root = resolve(import.meta.dirname, "..");
const read = (file: string) => readFileSync(join(root, file), "utf8");

const duration = z.string().regex(/^\d+(s|m)$/);
const healthcheck = z.strictObject({
  test: z.tuple([z.enum(["CMD", "CMD-SHELL"])], z.string()),
  interval: duration,
  timeout: duration,
  retries: z.number().int(),
  start_period: duration,
});
/** What of the Compose specification is used here: anything else is a slip of the pen. */
const service = z.strictObject({
  profiles: z.array(z.enum(["core", "flows", "tls"])).length(1),
  image: z.string().regex(/^[a-z/-]+:\d+\.\d+\.\d+(-[a-z]+)?$/, "must name a whole version"),
  build: z.strictObject({ context: z.literal("."), target: z.string() }).optional(),
  restart: z.literal("unless-stopped"),
  read_only: z.boolean().optional(),
  cap_drop: z.tuple([z.literal("ALL")]).optional(),
  cap_add: z.array(z.string()).optional(),
  security_opt: z.tuple([z.literal("no-new-privileges:true")]),
  tmpfs: z.array(z.string()).optional(),
  logging: z.strictObject({ driver: z.literal("json-file"), options: z.record(z.string(), z.string()) }),
  networks: z.union([
    z.array(z.string()),
    z.record(z.string(), z.strictObject({ ipv4_address: z.ipv4().optional() })),
  ]),
  ports: z.array(z.string().regex(/:\d+:\d+$|^\d+:\d+$/)).default([]),
  entrypoint: z.array(z.string()).optional(),
  env_file: z
    .array(z.union([z.string(), z.strictObject({ path: z.string(), required: z.literal(false) })]))
    .optional(),
  environment: z.record(z.string(), z.string()).default({}),
  volumes: z.array(z.string()).default([]),
  secrets: z.array(z.string()).default([]),
  depends_on: z.record(z.string(), z.strictObject({ condition: z.literal("service_healthy") })).default({}),
  stop_grace_period: duration.optional(),
  ulimits: z.strictObject({ nofile: z.number() }).optional(),
  healthcheck: healthcheck.optional(),
  deploy: z.strictObject({
    resources: z.strictObject({
      limits: z.strictObject({ cpus: z.string(), memory: z.string().regex(/^\d+[mg]$/) }),
      reservations: z.strictObject({ memory: z.string().regex(/^\d+[mg]$/) }).optional(),
    }),
  }),
});
const stack = z
  .object({
    name: z.literal("canhdong"),
    services: z.record(z.string(), service),
    networks: z.record(z.string(), z.object({ internal: z.boolean().optional() })),
    volumes: z.record(z.string(), z.strictObject({})),
    secrets: z.record(z.string(), z.strictObject({ file: z.string() })),
  })
  .parse(parse(read("docker-compose.yml"), { merge: true }));
const services = Object.entries(stack.services);
const { canhdong, influxdb, grafana, flows, caddy } = stack.services as Record<
  "canhdong" | "influxdb" | "grafana" | "flows" | "caddy",
  z.infer<typeof service>
>;

/** A folder with every secret of the stack, for whoever reads them. */
function secretsFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "canhdong-secrets-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const name of Object.keys(stack.secrets))
    writeFileSync(join(folder, name), `a-secret-of-${name}-0123456789`);
  return folder;
}
const settingsText = (secrets: string) => read("deploy/canhdong.yaml").replaceAll("/run/secrets", secrets);

describe.each(services)("%s", (_name, { ports, environment, volumes, secrets, depends_on, ...rest }) => {
  test("listens on the loopback address unless somebody names another, but for Caddy", () => {
    const open = ports.filter((port) => !/^\$\{[A-Z_]+:-127\.0\.0\.1\}:/.test(port));
    expect(open).toEqual(rest.profiles[0] === "tls" ? ["80:80", "443:443"] : []);
  });

  test("is given its secrets as files that are declared, and none in its environment", () => {
    expect(Object.keys(stack.secrets)).toEqual(expect.arrayContaining(secrets));
    const named = Object.values(environment).flatMap(
      (value) => /^\/run\/secrets\/(.+)$/.exec(value)?.[1] ?? [],
    );
    expect(secrets).toEqual(expect.arrayContaining(named));
    const open = Object.keys(environment).filter((name) => /(PASSWORD|TOKEN|SECRET)$/.test(name));
    expect(open).toEqual([]);
  });

  test("mounts volumes that are declared and files that are there", () => {
    for (const [source = ""] of volumes.map((volume) => volume.split(":"))) {
      if (!source.startsWith("./")) expect(Object.keys(stack.volumes)).toContain(source);
      else if (source !== "./canhdong.yaml") expect(existsSync(join(root, source)), source).toBe(true);
    }
  });

  test("waits for services that say when they are well", () => {
    for (const other of Object.keys(depends_on)) expect(stack.services[other]?.healthcheck).toBeDefined();
  });

  test("may change nothing but its volumes, but for InfluxDB, whose image sets itself up", () => {
    expect(rest.read_only === true && rest.cap_drop !== undefined).toBe(rest.image !== influxdb.image);
  });
});

test("every volume and every secret is somebody's", () => {
  const mounted = services.flatMap(([, { volumes }]) => volumes.map((volume) => volume.split(":")[0]));
  expect(Object.keys(stack.volumes).filter((name) => !mounted.includes(name))).toEqual([]);
  const given = services.flatMap(([, { secrets }]) => secrets);
  expect(Object.keys(stack.secrets).filter((name) => !given.includes(name))).toEqual([]);
});

test("InfluxDB is reached from the inner network only, which reaches nothing outside", () => {
  expect([influxdb.networks, influxdb.ports, stack.networks.data]).toEqual([
    ["data"],
    [],
    { internal: true },
  ]);
});

test("the image holds neither tests nor secrets nor data, and its stages are those that are built", () => {
  const ignored = read(".dockerignore").split("\n");
  expect(ignored.filter((line) => line !== "" && !line.startsWith("#"))[0]).toBe("*");
  for (const line of ["**/*.test.ts", "**/secrets", "**/node_modules"]) expect(ignored).toContain(line);
  const dockerfile = read("Dockerfile");
  for (const { build } of [canhdong, flows]) expect(dockerfile).toContain(` AS ${build?.target}\n`);
  const { dependencies } = JSON.parse(read("package.json")) as { dependencies: { node: string } };
  expect(dockerfile).toContain(`NODE=node:${dependencies.node}-`);
  expect(dockerfile.match(/^USER .*$/gm)).toEqual(["USER 10001:10001"]);
});

describe("the platform's configuration", () => {
  test("is one, and fits what is around it", () => {
    const secrets = secretsFolder();
    const settings = parseSettings(settingsText(secrets), "/etc/canhdong", "deploy/canhdong.yaml");
    const { influxdb: database } = settings.readings;
    expect(database?.url).toBe("http://influxdb:8086");
    expect(database?.organisation).toBe(influxdb.environment.DOCKER_INFLUXDB_INIT_ORG);
    expect(database?.database).toBe(influxdb.environment.DOCKER_INFLUXDB_INIT_BUCKET);
    expect(database?.token).toContain("influx-token");
    expect(canhdong.secrets).toContain("influx-token");
    const targets = canhdong.volumes.map((volume) => volume.split(":")[1]);
    expect(targets).toEqual(expect.arrayContaining([settings.data, settings.backups]));
    const { front } = caddy.networks as { front: { ipv4_address: string } };
    expect(settings.http.trustProxy).toEqual([front.ipv4_address]);
    const inside = canhdong.ports.map((port) => Number(port.split(":").at(-1)));
    expect(inside).toEqual([settings.http.port, settings.broker.mqttPort, 8883]);
  });

  test("starts the platform, and its health check says so and notices its end", async () => {
    const secrets = secretsFolder();
    const written = parse(settingsText(secrets)) as Record<string, Record<string, unknown>>;
    const { data: _data, backups: _backups, broker, http, ...rest } = written;
    // No InfluxDB answers here: the platform takes uplinks all the same, and is well enough not to be restarted.
    const installation = createTestInstallation({
      ...rest,
      broker: { ...broker, mqttPort: 0 },
      http: { ...http, port: 0 },
    });
    onTestFinished(() => installation.remove());
    const server = await installation.start();
    const port = new URL(server.url).port;
    const [, , ...words] = canhdong.healthcheck!.test;
    const check = () =>
      promisify(execFile)(
        process.execPath,
        words.map((word) => word.replace(":8080", `:${port}`)),
      ).then(
        () => "well",
        () => "unwell",
      );
    expect(await check()).toBe("well");
    expect(await server.stop()).toBe(0);
    expect(await check()).toBe("unwell");
  }, 120_000);
});

test("Node-RED takes its environment", () => {
  const secrets = secretsFolder();
  const given = Object.entries(flows.environment).map(([name, value]) => {
    const [, secret] = /^\/run\/secrets\/(.+)$/.exec(value) ?? [];
    if (secret !== undefined)
      return [name.replace(/_FILE$/, ""), readFileSync(join(secrets, secret), "utf8")];
    return [name, value.replace(/^\$\{\w+:-(.*)\}$/, "$1")];
  });
  const options = optionsFrom(Object.fromEntries(given));
  expect(options).toMatchObject({ FLOWS_EDITOR: "off", CANHDONG_MQTT: "mqtt://canhdong:1883" });
  expect(flows.volumes.map((volume) => volume.split(":")[1])).toContain(options.FLOWS_FOLDER);
});

describe("Grafana", () => {
  const provisioning = join(root, "dashboards/grafana/provisioning");
  const files = readdirSync(provisioning, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".yaml"))
    .map((file) => readFileSync(join(provisioning, file), "utf8"));

  test("is given every variable that its files name, the token as InfluxDB 2 takes it from its users of 1.x", () => {
    const named = files.flatMap((text) =>
      [...text.matchAll(/(?<!\$)\$(CANHDONG_\w+)/g)].map(([, name]) => name),
    );
    expect(named).not.toEqual([]);
    const [shell, flag, line = ""] = grafana.entrypoint ?? [];
    expect([shell, flag]).toEqual(["/bin/sh", "-c"]);
    const secrets = secretsFolder();
    const told = execFileSync(
      "sh",
      // `$$` is how Compose writes a dollar sign.
      ["-c", line.replaceAll("$$", "$").replace("/run/secrets", secrets).replace("/run.sh", "env")],
      { encoding: "utf8", env: { PATH: process.env.PATH, ...grafana.environment } },
    );
    expect(told).toMatch(/^CANHDONG_INFLUX_READ_TOKEN=grafana:a-secret-of-grafana-influx-password-\d+$/m);
    const given = new Set(told.split("\n").map((one) => one.split("=")[0]));
    expect(named.filter((name) => !given.has(name))).toEqual([]);
  });

  test("finds its boards where they are mounted, and its home among them", () => {
    const [{ options }] = (
      parse(files.find((text) => text.includes("providers:")) ?? "") as {
        providers: [{ options: { path: string } }];
      }
    ).providers;
    const mount = grafana.volumes.map((volume) => volume.split(":")).find(([, to]) => to === options.path);
    const home = /^GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH=(.*)$/m.exec(
      read(grafana.env_file![0] as string),
    );
    expect(existsSync(join(root, home![1]!.replace(options.path, mount![0]!)))).toBe(true);
  });

  test("reads the one bucket, which is InfluxDB's", () => {
    expect(grafana.environment.CANHDONG_INFLUX_DATABASE).toBe(
      influxdb.environment.DOCKER_INFLUXDB_INIT_BUCKET,
    );
  });
});

describe("Caddy", () => {
  const program = ["/usr/bin/caddy", "/usr/local/bin/caddy"].find(existsSync);

  test("stands before services and their ports", () => {
    const targets = [...read("deploy/caddy/Caddyfile").matchAll(/reverse_proxy (\w+):(\d+)/g)];
    expect(targets.map(([, name]) => name)).toEqual(["canhdong", "grafana"]);
    for (const [, name = "", port = ""] of targets) {
      const { ports } = { canhdong, grafana }[name] as typeof canhdong;
      expect(ports.map((one) => one.split(":").at(-1))).toContain(port);
    }
  });

  test.skipIf(program === undefined)("takes its Caddyfile, with names and without", () => {
    const file = join(root, "deploy/caddy/Caddyfile");
    const home = mkdtempSync(join(tmpdir(), "canhdong-caddy-"));
    onTestFinished(() => rmSync(home, { recursive: true }));
    for (const names of [{}, { CANHDONG_DOMAIN: "a.example.vn", CANHDONG_GRAFANA_DOMAIN: "b.example.vn" }]) {
      const env = { PATH: process.env.PATH, HOME: home, ...names };
      const adapted = execFileSync(program!, ["adapt", "--validate", "--config", file], {
        env,
        encoding: "utf8",
        stdio: ["ignore", "pipe", "ignore"],
      });
      const hosts = adapted.match(/"host":\["[^"]+"\]/g);
      expect(hosts?.join()).toContain(Object.values(names)[0] ?? "localhost");
    }
  });
});

test("scripts are shell, and may be run", () => {
  for (const file of ["deploy/warm-up.sh", "deploy/influxdb/grant-grafana-reading.sh"]) {
    expect(statSync(join(root, file)).mode & 0o111, file).not.toBe(0);
    execFileSync("bash", ["-n", join(root, file)]);
  }
});
