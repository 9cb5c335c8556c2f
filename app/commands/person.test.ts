import { expect, test } from "vitest";
import { commandLine } from "../testing/command-line.ts";

test("a person's file shows what is kept, with the consents they gave and took back", async () => {
  const person = commandLine("person");
  await person("add", "farmer", "hoa", "--name", "Hoa", "--phone", "0912 345 678");
  const consent = await person("consent", "hoa", "sms", "--how", "signed form no. 12");
  expect(consent.out).toContain("agrees to be told by sms");
  await person("consent", "hoa", "sms", "--how", "by telephone", "--withdraw");
  const file = JSON.parse((await person("export", "hoa")).out);
  expect(file).toMatchObject({
    person: { id: "hoa", phone: "+84912345678" },
    consents: [
      { medium: "sms", given: true, how: "signed form no. 12", who: "cli" },
      { medium: "sms", given: false, how: "by telephone" },
    ],
    actions: [],
    messages: [],
  });
  expect((await person("list")).out).not.toContain("912345678");
}, 60_000);

test("an erased person is gone; the last administrator and strangers are refused with the reason", async () => {
  const person = commandLine("person");
  await person("add", "admin", "lan");
  await person("add", "farmer", "hoa");
  expect(await person("erase", "hoa")).toEqual({ code: 0, out: "hoa is erased.\n", err: "" });
  expect((await person("list")).out).not.toContain("hoa");
  const refused = (err: unknown) => ({ code: 1, out: "", err });
  expect(await person("erase", "lan")).toEqual(refused(expect.stringMatching(/last administrator/)));
  expect(await person("erase", "nobody")).toEqual(refused('Nothing is known of a person "nobody".\n'));
  expect(await person("export", "hoa")).toEqual(refused('Nothing is known of a person "hoa".\n'));
}, 60_000);
