import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { PlatformSettings } from "./nodes/platform/platform.ts";
import type { Options } from "./options.ts";

/**
 * Nodes that reach past the platform's own ways: programs, files, open sockets. What a flow needs of the outside it asks over
 * HTTP.
 */
const excludedNodes = [
  "90-exec.js",
  "10-file.js",
  "23-watch.js",
  "31-tcpin.js",
  "32-udp.js",
  "21-httpin.js",
  "22-websocket.js",
  "06-httpproxy.js",
];

/** Seconds after which a function node is stopped, also one that turns in circles and would hold up everything else. */
const functionSeconds = 5;

/** Node-RED's settings (nodered.org/docs/user-guide/runtime/settings-file), locked. */
export function settingsFrom(options: Options, now: () => number) {
  const isOpen = options.FLOWS_EDITOR === "on";
  return {
    userDir: resolve(options.FLOWS_FOLDER),
    flowFile: "flows.json",
    flowFilePretty: true,
    credentialSecret: options.FLOWS_CREDENTIAL_SECRET,
    uiHost: options.FLOWS_HOST,
    uiPort: options.FLOWS_PORT,
    // Without the editor nothing listens at all.
    httpAdminRoot: isOpen ? ("/" as const) : (false as const),
    disableEditor: !isOpen,
    httpNodeRoot: false,
    httpStatic: false,
    ...(isOpen && { adminAuth: onePerson(options) }),
    ...(options.FLOWS_TLS_CERT !== undefined && { https: certificateOf(options), requireHttps: true }),
    nodesDir: [join(import.meta.dirname, "nodes")],
    nodesExcludes: excludedNodes,
    functionExternalModules: false,
    functionTimeout: functionSeconds,
    // The setting above is only what new function nodes begin with; this one holds for every one of them.
    globalFunctionTimeout: functionSeconds,
    functionGlobalContext: {},
    exportGlobalContextKeys: false,
    externalModules: {
      autoInstall: false,
      palette: { allowInstall: false, allowUpdate: false, allowUpload: false },
      modules: { allowInstall: false },
    },
    contextStorage: {
      default: { module: "localfilesystem", config: { flushInterval: 5 } },
      // Written before it is acted upon: what a pump has run today must outlive a power cut.
      kept: { module: "localfilesystem", config: { base: "kept", cache: false } },
    },
    telemetry: { enabled: false, updateNotification: false },
    diagnostics: { enabled: false, ui: false },
    runtimeState: { enabled: false, ui: false },
    editorTheme: { projects: { enabled: false }, tours: false, palette: { catalogues: [] } },
    paletteCategories: ["Canhdong", "common", "function", "network", "sequence", "parser"],
    lang: options.FLOWS_LANGUAGE,
    logging: { console: { level: "info", metrics: false, audit: false } },
    canhdong: platformOf(options, now),
  };
}

function platformOf(options: Options, now: () => number): PlatformSettings {
  return {
    url: options.CANHDONG_URL,
    mqttUrl: options.CANHDONG_MQTT,
    service: options.CANHDONG_SERVICE,
    secret: options.CANHDONG_SERVICE_SECRET,
    language: options.FLOWS_LANGUAGE,
    now,
  };
}

function onePerson({ FLOWS_EDITOR_PASSWORD_HASH: password }: Options) {
  return {
    type: "credentials" as const,
    users: [{ username: "admin", password, permissions: "*" }],
    sessionExpiryTime: 8 * 3_600,
  };
}

function certificateOf({ FLOWS_TLS_CERT: cert, FLOWS_TLS_KEY: key }: Options) {
  return { cert: readFileSync(cert as string), key: readFileSync(key as string) };
}
