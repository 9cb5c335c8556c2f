import { expect, test } from "vitest";
import { notifierFilesFrom } from "./files-from.ts";

test("files are found from where the configuration stands, and a gateway's own field of that name stays", () => {
  const found = notifierFilesFrom((file) => `/farm/${file}`, {
    zalo: { kind: "zalo", appSecret: { file: "s" }, oaSecret: { env: "X" }, tokenFile: "t" },
    sms: { headers: { Authorization: { file: "h" } }, json: { file: "{text}", keys: [{ file: "k" }] } },
    log: { kind: "log" },
  });
  expect(found).toEqual({
    zalo: { kind: "zalo", appSecret: { file: "/farm/s" }, oaSecret: { env: "X" }, tokenFile: "/farm/t" },
    sms: {
      headers: { Authorization: { file: "/farm/h" } },
      json: { file: "{text}", keys: [{ file: "/farm/k" }] },
    },
    log: { kind: "log" },
  });
  expect(notifierFilesFrom(String, undefined)).toBeUndefined();
});
