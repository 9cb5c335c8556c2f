import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openRegister } from "./open-register.ts";
import { cooperative, edit, filledRegister, model, units, zone } from "./test-records.ts";

test("what was put is there after the file is opened again", () => {
  const folder = mkdtempSync(join(tmpdir(), "canhdong-linkage-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "linkage.db");
  const first = openRegister(file, units);
  first.put("cooperative", cooperative, edit);
  first.close();
  const again = openRegister(file, units);
  expect(again.all("cooperative")).toEqual([{ ...cooperative, validTo: null }]);
  again.close();
});

test("an edit is kept with who, when, before and after; the same again leaves no trace", () => {
  const register = filledRegister();
  const later = { who: "can-bo-2", nowMs: edit.nowMs + 1 };
  expect(register.put("model", { ...model, households: 90 }, later)).toBe("changed");
  expect(register.put("model", { ...model, households: 90 }, later)).toBe("unchanged");
  expect(register.history("model", model.id)).toMatchObject([
    { who: "can-bo-1", before: null, after: { households: 86 } },
    { who: "can-bo-2", atMs: later.nowMs, before: { households: 86 }, after: { households: 90 } },
  ]);
});

test("the register can be had as it was at any moment", () => {
  const register = filledRegister();
  register.put("model", { ...model, status: "ended" }, { who: "can-bo-1", nowMs: edit.nowMs + 1000 });
  register.remove("model", model.id, { who: "can-bo-1", nowMs: edit.nowMs + 2000 });
  const statusAt = (nowMs: number) => register.contentsAt(nowMs).model.map(({ status }) => status);
  expect(statusAt(edit.nowMs - 1)).toEqual([]);
  expect(statusAt(edit.nowMs)).toEqual(["active"]);
  expect(statusAt(edit.nowMs + 1999)).toEqual(["ended"]);
  expect(statusAt(edit.nowMs + 2000)).toEqual([]);
  expect(register.contentsAt(edit.nowMs).zone).toMatchObject([{ id: zone.id }]);
});

test("a model that names what is not there, or a commune that was not, is refused with every problem", () => {
  const register = filledRegister();
  expect(() => register.put("model", { ...model, zones: ["x"], cooperatives: ["y"] }, edit)).toThrow(
    /cooperatives: there is no cooperative "y".*zones: there is no zone "x"/,
  );
  // The commune Cẩm Vịnh had this code until 30 June 2025 only.
  const former = { ...zone, communeCode: "18691" };
  expect(() => register.put("zone", former, edit)).toThrow(/no commune 18691 on 2025-07-01/);
  expect(register.put("zone", { ...former, communeAsOf: "2025-06-30" }, edit)).toBe("changed");
});

test("what a model names cannot be removed", () => {
  const register = filledRegister();
  expect(() => register.remove("zone", zone.id, edit)).toThrow(/named by model "lua-cam-binh"/);
  expect(() => register.remove("zone", "x", edit)).toThrow(/is not there/);
});

test("personal data stays out: names of households, telephone and identity numbers", () => {
  const register = filledRegister();
  const put = (fields: object) => () => register.put("model", { ...model, ...fields }, edit);
  expect(put({ householdNames: ["Nguyễn Văn A"] })).toThrow(/householdNames/);
  expect(put({ name: "Liên kết lúa, gọi 0912 345 678" })).toThrow(/telephone or identity number/);
  expect(put({ productName: "Lúa của 042091001234" })).toThrow(/telephone or identity number/);
  expect(put({ lead: { ...model.lead, registrationNo: "042091001234" } })).toThrow(
    /person's identity number/,
  );
});

test("a model is not confirmed by whoever reported it", () => {
  const register = filledRegister();
  const confirmed = (confirmedBy: string) => () => register.put("model", { ...model, confirmedBy }, edit);
  expect(confirmed("htx-01")).toThrow(/must be another person/);
  expect(confirmed("so-nn-07")()).toBe("changed");
});
