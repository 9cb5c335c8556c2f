import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { kindNames, notifiers } from "./notifier-kinds.ts";

const here = import.meta.dirname;
const folders = readdirSync(here, { withFileTypes: true }).filter((each) => each.isDirectory());

test("every folder is a kind in the list, and every kind in the list has its folder", () => {
  expect(folders.map(({ name }) => name).sort()).toEqual([...kindNames].sort());
});

test("every kind has its code, its test and its README", () => {
  for (const { name } of folders)
    expect(readdirSync(`${here}/${name}`)).toEqual(
      expect.arrayContaining([`${name}.ts`, `${name}.test.ts`, "README.md"]),
    );
});

test("a configuration tells all its problems at once, and no secret with them", () => {
  const password = "mật-khẩu-rất-dài";
  const { error } = notifiers.safeParse({
    mail: {
      kind: "email",
      host: "mail.example.vn",
      tls: "none",
      user: "canhdong",
      password: { plain: password },
      from: "x",
      to: ["y"],
    },
    hook: { kind: "webhook", url: "ftp://example.vn/", key: { plain: "whsec_c2hvcnQ=" } },
    bird: { kind: "pigeon" },
    chat: { kind: "telegram", token: `${password}:openly` },
  });
  const paths = error!.issues.map(({ path }) => path.join("."));
  expect(paths.sort()).toEqual([
    "bird.kind",
    "chat.token",
    "hook.key",
    "hook.url",
    "mail.from",
    "mail.tls",
    "mail.to.0",
  ]);
  expect(JSON.stringify(error!.issues)).not.toContain(password);
  expect(JSON.stringify(error!.issues)).not.toContain("c2hvcnQ");
});
