import { expect, test } from "vitest";
import { notifierFilesFrom } from "./files-from.ts";

test("files are found from where the configuration stands, and a gateway's own field of that name stays", () => {
  const found = notifierFilesFrom((file) => `/etc/canhdong/${file}`, {
    zalo: { kind: "zalo", appSecret: { file: "s" }, oaSecret: { env: "X" }, tokenFile: "t" },
    sms: { headers: { Authorization: { file: "h" } }, json: { file: "{text}", keys: [{ file: "k" }] } },
    log: { kind: "log" },
  });
  expect(found).toEqual({
    zalo: {
      kind: "zalo",
      appSecret: { file: "/etc/canhdong/s" },
      oaSecret: { env: "X" },
      tokenFile: "/etc/canhdong/t",
    },
    sms: {
      headers: { Authorization: { file: "/etc/canhdong/h" } },
      json: { file: "{text}", keys: [{ file: "/etc/canhdong/k" }] },
    },
    log: { kind: "log" },
  });
  expect(notifierFilesFrom(String, undefined)).toBeUndefined();
});
