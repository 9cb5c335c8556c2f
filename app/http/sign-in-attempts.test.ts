import { expect, test } from "vitest";
import { createSignInAttempts } from "./sign-in-attempts.ts";

const windowMs = 60_000;
const attempts = () => createSignInAttempts({ attempts: 3, attemptsPerAddress: 10, windowMs });

test("a name from one address has so many attempts a window, then the rest of it to wait", () => {
  const guard = attempts();
  for (let i = 0; i < 3; i++) expect(guard.begin("hoa", "10.0.0.1", i * 1000)).toBe(0);
  expect(guard.begin("hoa", "10.0.0.1", 10_000)).toBe(50_000);
  expect(guard.begin("hoa", "10.0.0.1", windowMs)).toBe(0);
  expect(guard.refused()).toBe(1);
});

test("a stranger's attempts do not lock the owner of the name out", () => {
  const guard = attempts();
  for (let i = 0; i < 20; i++) guard.begin("hoa", "10.0.0.1", 0);
  expect(guard.begin("hoa", "10.0.0.2", 0)).toBe(0);
});

test("a name under attack from everywhere has a limit of its own", () => {
  const guard = attempts();
  for (let i = 0; i < 30; i++) expect(guard.begin("hoa", `10.0.1.${i}`, 0)).toBe(0);
  expect(guard.begin("hoa", "10.0.1.99", 0)).toBeGreaterThan(0);
});

test("an address has a limit over all names", () => {
  const guard = attempts();
  for (let i = 0; i < 10; i++) expect(guard.begin(`person-${i}`, "10.0.0.1", 0)).toBe(0);
  expect(guard.begin("hoa", "10.0.0.1", 0)).toBeGreaterThan(0);
});

test("all addresses of one IPv6 household are one", () => {
  const guard = attempts();
  for (let i = 1; i <= 3; i++) guard.begin("hoa", `2001:db8::${i}`, 0);
  expect(guard.begin("hoa", "2001:db8::ffff", 0)).toBeGreaterThan(0);
  expect(guard.begin("hoa", "2001:db8:0:1::1", 0)).toBe(0);
});

test("the right password forgives the wrong ones before it", () => {
  const guard = attempts();
  for (let round = 0; round < 20; round++) {
    expect(guard.begin("hoa", "10.0.0.1", 0)).toBe(0);
    guard.succeeded("hoa", "10.0.0.1");
  }
});

test("spelling a name otherwise gives no new attempts", () => {
  const guard = attempts();
  for (const name of ["bình", "BÌNH", "bình".normalize("NFD")]) guard.begin(name, "10.0.0.1", 0);
  expect(guard.begin("Bình", "10.0.0.1", 0)).toBeGreaterThan(0);
});

test("an address that tries ever new names is stopped before it can fill the memory", () => {
  const guard = attempts();
  let tried = 0;
  for (let i = 0; i < 1000; i++) if (guard.begin(`name-${i}`, "10.0.0.1", 0) === 0) tried += 1;
  expect(tried).toBe(10);
});
