import { createRequire } from "node:module";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { freePort } from "../../testing/free-port.ts";
import { createFlowsFolder, isInstalled, type NodeRedProcess } from "./testing/node-red-process.ts";

const password = "mật khẩu của người trông luồng";

/** Nobody answers there: what is tested here is Node-RED by itself. */
const nowhere = {
  CANHDONG_URL: "http://127.0.0.1:9",
  CANHDONG_MQTT: "mqtt://127.0.0.1:9",
  CANHDONG_SERVICE_SECRET: "the-secret-of-the-service",
};

function hashOf(text: string): string {
  const { hashSync } = createRequire(join(import.meta.dirname, "node_modules/node-red/package.json"))(
    "bcryptjs",
  ) as {
    hashSync(text: string, cost: number): string;
  };
  return hashSync(text, 10);
}

describe.skipIf(!isInstalled)("the editor", () => {
  const folder = createFlowsFolder();
  let nodeRed: NodeRedProcess;
  let url: string;

  beforeAll(async () => {
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    const editor = {
      FLOWS_EDITOR: "on",
      FLOWS_EDITOR_PASSWORD_HASH: hashOf(password),
      FLOWS_PORT: String(port),
    };
    nodeRed = folder.start({ ...nowhere, ...editor, FLOWS_FILES: "alert-webhook" });
    await nodeRed.says("Started flows");
  });
  afterAll(() => folder.remove());

  async function signIn(by: string): Promise<Response> {
    return fetch(`${url}/auth/token`, {
      method: "POST",
      body: new URLSearchParams({
        client_id: "node-red-admin",
        grant_type: "password",
        scope: "*",
        username: "admin",
        password: by,
      }),
    });
  }

  async function asAdmin(path: string, init: RequestInit = {}): Promise<Response> {
    const { access_token } = (await (await signIn(password)).json()) as { access_token: string };
    const headers = { authorization: `Bearer ${access_token}`, accept: "application/json", ...init.headers };
    return fetch(url + path, { ...init, headers });
  }

  test("shows and takes nothing without a password", async () => {
    for (const path of [
      "/flows",
      "/settings",
      "/nodes",
      "/context/global",
      "/library/local/flows/",
      "/diagnostics",
    ])
      expect([path, (await fetch(url + path)).status]).toEqual([path, 401]);
    for (const path of ["/flows", "/inject/x"])
      expect([path, (await fetch(url + path, { method: "POST" })).status]).toEqual([path, 401]);
  });

  test("lets nobody in with a wrong password, and its owner with the right one", async () => {
    expect((await signIn("đoán thử")).ok).toBe(false);
    expect((await asAdmin("/flows")).status).toBe(200);
  });

  test("installs no module, not even for its owner", async () => {
    const wish = {
      method: "POST",
      body: '{"module":"node-red-node-base64"}',
      headers: { "content-type": "application/json" },
    };
    expect((await asAdmin("/nodes", wish)).ok).toBe(false);
  });

  test("offers our nodes, and none that reaches programs, files or sockets", async () => {
    const sets = (await (await asAdmin("/nodes")).json()) as {
      types: string[];
      enabled: boolean;
      err?: string;
    }[];
    const types = sets.flatMap((set) => (set.enabled && set.err === undefined ? set.types : []));
    expect(types).toEqual(
      expect.arrayContaining([
        "canhdong-alert-in",
        "canhdong-reading-in",
        "canhdong-latest-value",
        "canhdong-command",
        "canhdong-message",
      ]),
    );
    const dangerous = [
      "exec",
      "file",
      "file in",
      "watch",
      "tcp in",
      "tcp out",
      "udp in",
      "udp out",
      "http in",
    ];
    expect(types.filter((type) => dangerous.includes(type))).toEqual([]);
  });

  test("speaks Vietnamese and English about our nodes", async () => {
    const catalogue = async (language: string) => (await asAdmin(`/nodes/messages?lng=${language}`)).text();
    expect(await catalogue("vi")).toContain("cảnh báo vào");
    expect(await catalogue("en-US")).toContain("alert in");
    const help = async (language: string) =>
      (await asAdmin("/nodes", { headers: { accept: "text/html", "accept-language": language } })).text();
    expect(await help("vi")).toContain("Cho biết thiết bị đo được gì");
    expect(await help("en-US")).toContain("Tells what a device measures");
  });
});

describe.skipIf(!isInstalled)("without the editor", () => {
  const folder = createFlowsFolder();
  afterAll(() => folder.remove());

  const inject = (id: string, repeat: string, to: string) => ({
    id,
    type: "inject",
    z: "trials",
    props: [{ p: "payload" }],
    repeat,
    once: true,
    onceDelay: 0.1,
    topic: "",
    payload: "",
    payloadType: "date",
    wires: [[to]],
  });
  const doing = (id: string, func: string, to: readonly string[]) => ({
    id,
    type: "function",
    z: "trials",
    func,
    outputs: 1,
    // A node that was made by hand, or by somebody who wishes no limit.
    timeout: 0,
    libs: [],
    wires: [to],
  });
  const ear = (name: string) => ({
    id: `ear-${name}`,
    type: "debug",
    z: "trials",
    name,
    active: true,
    tosidebar: false,
    console: true,
    complete: "payload",
    targetType: "msg",
    wires: [],
  });

  test("a function that turns in circles is stopped, and the other flows go on; nothing listens; secrets are not to be had", async () => {
    const port = await freePort();
    const flow = [
      { id: "trials", type: "tab", label: "Thử", disabled: false },
      inject("once", "", "circle"),
      doing("circle", "while (true) {}", []),
      inject("often", "1", "ask"),
      doing(
        "ask",
        'msg.payload = "secret " + env.get("CANHDONG_SERVICE_SECRET") + " of the service"; return msg;',
        ["ear-alive"],
      ),
      ear("alive"),
    ];
    const nodeRed = folder.start({
      ...nowhere,
      FLOWS_PORT: String(port),
      FLOWS_FILES: folder.write("trials", flow),
    });
    await nodeRed.says("Script execution timed out");
    await nodeRed.says(/timed out[\s\S]*\[debug:alive\]/);
    await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow();
    expect(nodeRed.printed()).not.toContain(nowhere.CANHDONG_SERVICE_SECRET);
    expect(nodeRed.printed()).toContain("[debug:alive] secret undefined of the service");
  });

  test("a node that is wrong says what would be right and does nothing; a platform that is away is told of", async () => {
    const nodeRed = folder.start({
      ...nowhere,
      FLOWS_FILES: "paddy-pump",
      PADDY_PUMP: "bom-1",
      FLOWS_LANGUAGE: "vi",
    });
    await nodeRed.says("[canhdong-reading-in:paddy-level] device: must be the id of a device");
    await nodeRed.says("[canhdong] mất kết nối với broker");
  });

  test("what is wrong with the environment is said before anything runs", async () => {
    const nodeRed = folder.start({ ...nowhere, FLOWS_EDITOR: "on" });
    await expect(nodeRed.says("Started flows")).rejects.toThrow("FLOWS_EDITOR_PASSWORD_HASH");
  });
});
