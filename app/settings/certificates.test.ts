import { expect, test } from "vitest";
import { ageTrouble } from "./certificates.ts";

const day = 86_400_000;
const from = Date.UTC(2026, 0, 1);
const to = Date.UTC(2027, 0, 1);
const certificate = {
  setting: "broker.tls",
  certFile: "/etc/chain.pem",
  validFromMs: from,
  validToMs: to,
};

test("a certificate is told when it has ended, ends soon or has not begun, and not otherwise", () => {
  const told = (nowMs: number) => ageTrouble(certificate, nowMs);
  expect(told(to - 30 * day)).toBeNull();
  expect(told(to - 14 * day)).toBeNull();
  expect(told(to - 14 * day + 1)).toMatch(
    /in \/etc\/chain\.pem ends on 2027-01-01, in 13 days\. Put a renewed one/,
  );
  expect(told(to + 1)).toMatch(
    /^broker\.tls: .* ended on 2027-01-01: who checks it does not connect any more/,
  );
  expect(told(from - 1)).toMatch(/begins on 2026-01-01 only.*Is the clock right\?/);
});
