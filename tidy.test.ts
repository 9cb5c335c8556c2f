import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { describe, expect, test } from "vitest";

/**
 * What a reviewer would say again and again, said once. Walks every file that git knows or would take in.
 */

const root = import.meta.dirname;
const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
  cwd: root,
  encoding: "utf8",
})
  .split("\n")
  .filter((file) => file !== "" && existsSync(join(root, file)));
const sources = files.filter((file) => /\.tsx?$/.test(file));
const read = (file: string) => readFileSync(join(root, file), "utf8");
const isTest = (file: string) => /\.test\.tsx?$|-contract\.ts$/.test(file);
const mayKnowTesting = (file: string) =>
  isTest(file) || file.split("/").includes("testing") || file.startsWith("bench/");

/** Which rooms a room may look into: their public faces, and itself. `app` and `bench` join everything. */
const mayKnow: Record<string, readonly string[]> = {
  sqlite: [],
  yaml: [],
  csv: [],
  agronomy: [],
  calendar: [],
  devices: ["sqlite", "csv"],
  broker: ["sqlite", "devices"],
  ingest: ["sqlite", "yaml", "calendar", "devices", "agronomy"],
  "firmware-sim": ["calendar", "devices", "agronomy"],
  linkage: ["sqlite", "csv", "calendar", "devices"],
  dashboards: ["devices", "ingest", "linkage"],
};

/** The page is told what the HTTP API says, and imports nothing but the types of it. */
const typeOnlyExceptions = /^dashboards → app\/http\/([a-z]+-)?shapes\.ts$/;

/**
 * Public faces besides the `index.ts` of a room: the topics by themselves, for a broker whose thread carries no device
 * models; the broker's settings by themselves, for a thread that carries no broker.
 */
const smallFaces = new Set(["devices/topics.ts", "broker/broker-settings.ts"]);

interface Import {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
}

function importsOf(file: string): Import[] {
  const found = read(file).matchAll(
    /(?:^|\n)\s*(import|export)\s(type\s)?[^;]*?from\s+"(\.[^"]+)"|import\("(\.[^"]+)"\)/g,
  );
  return [...found].map(([, , typeOnly, from, dynamic]) => ({
    from: file,
    to: relative(root, resolve(root, dirname(file), (from ?? dynamic) as string)),
    typeOnly: typeOnly !== undefined,
  }));
}

const room = (file: string) => file.split("/")[0] as string;

function trespasses({ from, to, typeOnly }: Import): string[] {
  if (room(to) === "testing")
    return mayKnowTesting(from) ? [] : [`${from} is no test, and must not know testing`];
  const allowed = mayKnow[room(from)];
  if (allowed === undefined || room(from) === room(to)) return [];
  if (typeOnly && typeOnlyExceptions.test(`${room(from)} → ${to}`)) return [];
  if (!allowed.includes(room(to))) return [`${from} must not know ${room(to)}`];
  const publicFace = room(to) === "sqlite" || basename(to) === "index.ts" || smallFaces.has(to);
  if (!publicFace && !isTest(from)) return [`${from} must use the public face of ${room(to)}, not ${to}`];
  return [];
}

describe("direction", () => {
  test("no room looks where it must not", () => {
    const production = sources.filter((file) => !isTest(file) && file !== "tidy.test.ts");
    expect(production.flatMap(importsOf).flatMap(trespasses)).toEqual([]);
  });
});

/** Time and chance come in from outside; only those who own a clock may look at it. */
const ownsTheClock = /^(app|bench|dashboards\/web|\.ci)\/|vite\.config\.ts$|vitest\.config\.ts$/;
const banned: readonly { readonly call: RegExp; readonly instead: string }[] = [
  { call: /\bDate\.now\(/, instead: "take nowMs, or now: () => number" },
  { call: /\bnew Date\(\)/, instead: "take nowMs, or now: () => number" },
  { call: /\bMath\.random\(/, instead: "take random: () => number (node:crypto for secrets)" },
  { call: /\bsetInterval\(/, instead: "offer tick(nowMs)" },
  { call: /\bconsole\.log\(/, instead: "take log, or write to the given output" },
];
const everywhereBanned: readonly { readonly call: RegExp; readonly instead: string }[] = [
  { call: /\bvi\.mock\(/, instead: "a real part, or an in-memory implementation of the port" },
  { call: /@ts-ignore|@ts-nocheck/, instead: "@ts-expect-error with the reason" },
  { call: /\bdescribe\.only\(|\btest\.only\(|\bit\.only\(/, instead: "all of the tests" },
];

function offences(file: string, rules: typeof banned): string[] {
  const code = read(file).replace(/\/\*[\s\S]*?\*\/|(^|\s)\/\/[^\n]*/g, "");
  return rules
    .filter(({ call }) => call.test(code))
    .map(({ call, instead }) => `${file}: ${call.source} — instead: ${instead}`);
}

describe("calls", () => {
  test("time and chance come in from outside", () => {
    const core = sources.filter(
      (file) => !isTest(file) && !ownsTheClock.test(file) && !/\/testing\//.test(file),
    );
    expect(core.flatMap((file) => offences(file, banned))).toEqual([]);
  });

  test("no test looks away", () => {
    const others = sources.filter((file) => file !== "tidy.test.ts");
    expect(others.flatMap((file) => offences(file, everywhereBanned))).toEqual([]);
  });
});

describe("names", () => {
  test("files and folders are in kebab-case", () => {
    const odd = sources.filter((file) => !file.split("/").every((part) => /^[a-z0-9.-]+$/.test(part)));
    expect(odd).toEqual([]);
  });

  test("a thing lives with the noun it serves", () => {
    const nouns = files.filter((file) =>
      /(^|\/)(utils?|common|helpers?|types|misc|shared|lib)(\/|\.ts$)/.test(file),
    );
    expect(nouns).toEqual([]);
  });

  test("every room has a README", () => {
    const rooms = [...new Set(sources.map(room))].filter((name) => !name.includes("."));
    expect(rooms.filter((name) => !existsSync(join(root, name, "README.md")))).toEqual([]);
  });
});

describe("start", () => {
  test("wherever the server is started, it is started with the flags of the executable", () => {
    const [shebang] = read("app/canhdong.js").split("\n");
    const flags = shebang!.match(/--\S+/g)!;
    const variables = shebang!.match(/[A-Z_]+=\d+/g)!;
    expect([flags.length, variables.length]).toEqual([3, 2]);
    const lacking = (file: string, words: readonly string[]) =>
      words.filter((word) => !read(file).includes(word)).map((word) => `${file}: ${word}`);
    const { start, sim } = JSON.parse(read("package.json")).scripts as Record<string, string>;
    const whole = ["Dockerfile", "docs/operations.md"];
    const measured = ["app/testing/server-process.ts", "deploy/warm-up.sh"];
    expect([
      ...[...whole, ...measured].flatMap((file) => lacking(file, flags)),
      ...whole.flatMap((file) => lacking(file, variables)),
      ...[...flags, ...variables].filter((word) => !start!.includes(word) || !sim!.includes(word)),
    ]).toEqual([]);
  });
});

describe("documents", () => {
  test("each dependency earns its place in docs/dependencies.md", () => {
    const { dependencies, devDependencies } = JSON.parse(read("package.json"));
    const page = read("docs/dependencies.md");
    const unexplained = Object.keys({ ...dependencies, ...devDependencies }).filter(
      (name) => !page.includes(`\`${name}\``),
    );
    expect(unexplained).toEqual([]);
  });

  test("links between pages lead somewhere", () => {
    const pages = files.filter((file) => file.endsWith(".md"));
    const dead = pages.flatMap((page) =>
      [...read(page).matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)/g)]
        .map(([, link]) => link as string)
        .filter((link) => !existsSync(join(root, dirname(page), decodeURIComponent(link))))
        .map((link) => `${page} → ${link}`),
    );
    expect(dead).toEqual([]);
  });
});
