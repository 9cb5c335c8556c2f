import { expect, test } from "vitest";
import { explain, refusalOfFilter } from "./trouble.ts";

const whose = { url: "mqtts://mqtt.example.vn:8883", clientId: "canhdong-chirpstack", username: "farm" };

test.each([
  [{ code: 4, message: "" }, /put `username` and the password right/],
  [{ code: 134, message: "" }, /put `username` and the password right/],
  [{ code: 5, message: "" }, /rights there/],
  [{ code: 132, message: "" }, /mqtt: "3\.1\.1"/],
  [{ code: 142, message: "" }, /client id canhdong-chirpstack: give each worker/],
  [{ code: "ENOTFOUND", message: "" }, /host of mqtts:\/\/mqtt\.example\.vn:8883 is not known/],
  [{ code: "ERR_TLS_CERT_ALTNAME_INVALID", message: "" }, /`tls\.serverName`/],
  [{ message: "connack timeout" }, /is it an MQTT port/],
])("%j says what would be right", (failure, words) => {
  expect(explain(failure, whose)).toMatch(words);
});

test("without a user name the broker's refusal asks for one", () => {
  const { username, ...anonymous } = whose;
  expect(explain({ code: 5, message: "" }, anonymous)).toMatch(/set `username` and a password/);
});

test("what nobody has words for is told as it came", () => {
  expect(explain({ code: "EWEIRD", message: "the cable is green" }, whose)).toBe(
    "the cable is green (EWEIRD)",
  );
  expect(refusalOfFilter(200)).toBe("refused with code 200");
});
