import { describe, expect, test } from "vitest";
import { temporaryRegistry } from "./temporary-registry.ts";

const day = 86_400_000;

describe("a device", () => {
  test("needs no more than an id", () => {
    const { registry } = temporaryRegistry();
    const { device } = registry.addDevice({ id: "soil-1" }, 5);
    expect(device).toEqual({
      id: "soil-1",
      label: "soil-1",
      model: "native",
      devEui: null,
      intervalMs: null,
      mountingHeightCm: null,
      latitude: null,
      longitude: null,
      gateway: null,
      addedAtMs: 5,
      removedAtMs: null,
    });
    expect(registry.device("soil-1")).toEqual(device);
  });

  test("is read back from disk as it was added", () => {
    const { registry, openAgain } = temporaryRegistry();
    registry.addGateway({ id: "gw-1" }, 1);
    const { device } = registry.addDevice(
      {
        id: "soil-1",
        label: "Ruộng ông An",
        model: "lse01",
        devEui: "A8:40:41:FF:FF:12:34:56",
        intervalMs: 1_200_000,
        mountingHeightCm: 120.5,
        latitude: 18.34,
        longitude: 105.9,
        gateway: "gw-1",
      },
      2,
    );
    expect(device.devEui).toBe("a84041ffff123456");
    expect(openAgain().devices()).toEqual([device]);
  });

  test("is called by composed letters however they were typed", () => {
    const { registry } = temporaryRegistry();
    const { device } = registry.addDevice({ id: "soil-1", label: " Ruộng bậc thang ".normalize("NFD") }, 1);
    expect(device.label).toBe("Ruộng bậc thang");
  });

  test("is called by one line, which no terminal takes for a command", () => {
    const { registry } = temporaryRegistry();
    for (const label of ["Ruộng\nbậc thang", "Ruộng\tbậc thang", "\u001b[2JRuộng", "Ruộng\u0007"]) {
      expect(() => registry.addDevice({ id: "soil-1", label }, 1)).toThrow(
        'device "soil-1": label: must be one line, without tabs and control characters',
      );
    }
    const quoted = registry.addDevice({ id: "soil-1", label: `Thửa "hai"; của O'Neill, \n ` }, 1);
    expect(quoted.device.label).toBe(`Thửa "hai"; của O'Neill,`);
  });

  test("keeps what an update does not name", () => {
    const { registry } = temporaryRegistry();
    registry.addDevice({ id: "soil-1", label: "Đồng Sau", intervalMs: 60_000 }, 1);
    const updated = registry.updateDevice("soil-1", { intervalMs: 600_000 }, 2);
    expect(updated).toMatchObject({ label: "Đồng Sau", intervalMs: 600_000, addedAtMs: 1 });
    expect(registry.device("soil-1")).toEqual(updated);
  });

  test("cannot be added twice", () => {
    const { registry } = temporaryRegistry();
    registry.addDevice({ id: "soil-1" }, 1);
    expect(() => registry.addDevice({ id: "soil-1" }, 2)).toThrow(
      expect.objectContaining({ code: "already-exists", message: expect.stringContaining('"soil-1"') }),
    );
  });

  test("with several faults is told all of them, and is not added", () => {
    const { registry } = temporaryRegistry();
    const bad = { id: "Soil 1", intervalMs: -5, latitude: 18 };
    const refusal = () => registry.addDevice(bad, 1);
    expect(refusal).toThrow(expect.objectContaining({ code: "invalid" }));
    expect(refusal).toThrow(/id: must be 1 to 64 of the characters a-z 0-9/);
    expect(refusal).toThrow(/intervalMs: /);
    expect(() => registry.addDevice({ id: "soil-1", latitude: 18 }, 1)).toThrow(
      /latitude and longitude come together/,
    );
    expect(() => registry.updateDevice("soil-1", { label: "x" }, 1)).toThrow(/no device "soil-1"/);
    expect(registry.devices()).toEqual([]);
    expect(registry.revision()).toBe(0);
  });

  test("names only a gateway that is there", () => {
    const { registry } = temporaryRegistry();
    expect(() => registry.addDevice({ id: "soil-1", gateway: "gw-1" }, 1)).toThrow(
      expect.objectContaining({ code: "not-found", message: expect.stringContaining('no gateway "gw-1"') }),
    );
  });
});

describe("a DevEUI", () => {
  const eui = "a84041ffff123456";
  const taken = expect.objectContaining({
    code: "already-exists",
    message: expect.stringContaining('"soil-1"'),
  });

  test("finds its device, in any case and after opening again", () => {
    const { registry, openAgain } = temporaryRegistry();
    const { device } = registry.addDevice({ id: "soil-1", devEui: eui }, 1);
    registry.addDevice({ id: "soil-2" }, 1);
    expect(registry.deviceByEui(eui)).toEqual(device);
    expect(registry.deviceByEui("A84041FFFF123456")).toEqual(device);
    expect(openAgain().deviceByEui(eui)).toEqual(device);
    expect(registry.deviceByEui("a84041ffff123457")).toBeUndefined();
    expect(registry.deviceByEui("")).toBeUndefined();
  });

  test("is one present device's only", () => {
    const { registry } = temporaryRegistry();
    registry.addDevice({ id: "soil-1", devEui: eui }, 1);
    registry.addDevice({ id: "soil-2" }, 1);
    expect(() => registry.addDevice({ id: "soil-3", devEui: eui }, 2)).toThrow(taken);
    expect(() => registry.updateDevice("soil-2", { devEui: eui }, 2)).toThrow(taken);
    expect(registry.updateDevice("soil-1", { label: "Ruộng 1", devEui: eui }, 2).label).toBe("Ruộng 1");
    expect(() => registry.addDevice({ id: "soil-4", devEui: "12" }, 2)).toThrow(/16 hexadecimal digits/);
  });

  test("goes over to another device once its own is removed, and stays there", () => {
    const { registry } = temporaryRegistry();
    registry.addDevice({ id: "soil-1", devEui: eui }, 1);
    registry.removeDevice("soil-1", 2);
    expect(registry.deviceByEui(eui)).toBeUndefined();
    const { device } = registry.addDevice({ id: "soil-2", devEui: eui }, 3);
    expect(() => registry.addDevice({ id: "soil-1", devEui: eui }, 4)).toThrow(/"soil-2"/);
    registry.addDevice({ id: "soil-1" }, 5);
    expect(registry.deviceByEui(eui)).toEqual(device);
  });

  test("follows what another process has changed, two devices that swapped theirs as well", () => {
    const { registry, openAgain } = temporaryRegistry();
    const other = "a84041ffff000000";
    registry.addDevice({ id: "soil-1", devEui: eui }, 1);
    registry.addDevice({ id: "soil-2", devEui: other }, 1);
    const elsewhere = openAgain();
    elsewhere.atomically(() => {
      elsewhere.updateDevice("soil-1", { devEui: null }, 2);
      elsewhere.updateDevice("soil-2", { devEui: eui }, 2);
      elsewhere.updateDevice("soil-1", { devEui: other }, 2);
    });
    expect(registry.deviceByEui(eui)?.id).toBe("soil-1");
    registry.refresh();
    expect([registry.deviceByEui(eui)?.id, registry.deviceByEui(other)?.id]).toEqual(["soil-2", "soil-1"]);
  });

  test("taken back with the change that failed finds what it found before", () => {
    const { registry } = temporaryRegistry();
    registry.addDevice({ id: "soil-1", devEui: eui }, 1);
    const failing = () =>
      registry.atomically(() => {
        registry.updateDevice("soil-1", { devEui: null }, 2);
        throw new Error("no");
      });
    expect(failing).toThrow("no");
    expect(registry.deviceByEui(eui)?.id).toBe("soil-1");
  });
});

describe("a secret", () => {
  test("is 256 random bits, shown once and kept only as a keyed hash", () => {
    const { registry } = temporaryRegistry();
    const { secret } = registry.addDevice({ id: "soil-1" }, 1);
    expect(Buffer.from(secret, "base64url")).toHaveLength(32);
    expect(registry.addDevice({ id: "soil-2" }, 1).secret).not.toBe(secret);
    expect(JSON.stringify(registry.changes(0, 100))).not.toContain(secret);
  });

  test("opens the door for its own device only", () => {
    const { registry } = temporaryRegistry();
    const { secret } = registry.addDevice({ id: "soil-1" }, 1);
    registry.addDevice({ id: "soil-2" }, 1);
    expect(registry.verifyDevice("soil-1", secret, 2)).toBe(true);
    expect(registry.verifyDevice("soil-2", secret, 2)).toBe(false);
    expect(registry.verifyDevice("soil-9", secret, 2)).toBe(false);
  });

  test("is refused with one character wrong, missing or too many", () => {
    const { registry } = temporaryRegistry();
    const { secret } = registry.addDevice({ id: "soil-1" }, 1);
    const wrong = (secret.startsWith("A") ? "B" : "A") + secret.slice(1);
    for (const given of [wrong, secret.slice(1), `${secret}A`, ` ${secret}`, "", "x".repeat(65_535)]) {
      expect(registry.verifyDevice("soil-1", given, 2), given.slice(0, 50)).toBe(false);
    }
  });

  test("works after a restart", () => {
    const { registry, openAgain } = temporaryRegistry();
    const { secret } = registry.addDevice({ id: "soil-1" }, 1);
    expect(openAgain().verifyDevice("soil-1", secret, 2)).toBe(true);
  });

  test("that was rotated ends at once", () => {
    const { registry } = temporaryRegistry();
    const { secret } = registry.addDevice({ id: "soil-1" }, 1);
    const next = registry.rotateSecret("soil-1", 10);
    expect(registry.verifyDevice("soil-1", secret, 10)).toBe(false);
    expect(registry.verifyDevice("soil-1", next, 10)).toBe(true);
  });

  test("that was rotated with a delay works until then, and not a millisecond longer", () => {
    const { registry } = temporaryRegistry();
    const { secret } = registry.addDevice({ id: "soil-1" }, 1);
    const next = registry.rotateSecret("soil-1", day, { oldValidUntilMs: 3 * day });
    expect(registry.verifyDevice("soil-1", secret, 3 * day - 1)).toBe(true);
    expect(registry.verifyDevice("soil-1", secret, 3 * day)).toBe(false);
    expect(registry.verifyDevice("soil-1", next, 3 * day)).toBe(true);
  });

  test("that has an end does not get a later one by the next rotation", () => {
    const { registry } = temporaryRegistry();
    const { secret } = registry.addDevice({ id: "soil-1" }, 1);
    const second = registry.rotateSecret("soil-1", day, { oldValidUntilMs: 2 * day });
    registry.rotateSecret("soil-1", day + 1, { oldValidUntilMs: 9 * day });
    expect(registry.verifyDevice("soil-1", secret, 2 * day)).toBe(false);
    expect(registry.verifyDevice("soil-1", second, 9 * day - 1)).toBe(true);
  });

  test("of a device that is not there cannot be rotated", () => {
    const { registry } = temporaryRegistry();
    expect(() => registry.rotateSecret("soil-1", 1)).toThrow(expect.objectContaining({ code: "not-found" }));
  });
});

describe("a removed device", () => {
  test("is refused, no longer listed, and still known by name", () => {
    const { registry } = temporaryRegistry();
    const { secret } = registry.addDevice({ id: "soil-1" }, 1);
    registry.removeDevice("soil-1", 7);
    expect(registry.verifyDevice("soil-1", secret, 8)).toBe(false);
    expect(registry.devices()).toEqual([]);
    expect(registry.devices({ removed: true })).toEqual([registry.device("soil-1")]);
    expect(registry.device("soil-1")?.removedAtMs).toBe(7);
  });

  test("cannot be changed, moved, rotated or removed again", () => {
    const { registry } = temporaryRegistry();
    registry.addDevice({ id: "soil-1" }, 1);
    registry.removeDevice("soil-1", 7);
    const gone = expect.objectContaining({ code: "not-found" });
    expect(() => registry.updateDevice("soil-1", { label: "x" }, 8)).toThrow(gone);
    expect(() => registry.moveDevice("soil-1", null, 8)).toThrow(gone);
    expect(() => registry.rotateSecret("soil-1", 8)).toThrow(gone);
    expect(() => registry.removeDevice("soil-1", 8)).toThrow(gone);
  });

  test("comes back with a new secret, and its history", () => {
    const { registry } = temporaryRegistry();
    registry.addPlace({ id: "pond-1", kind: "pond", name: "Ao 1" }, 1);
    const first = registry.addDevice({ id: "do-1" }, 1);
    registry.moveDevice("do-1", "pond-1", 2);
    registry.removeDevice("do-1", 7);
    const again = registry.addDevice({ id: "do-1" }, 9);
    expect(again.device).toMatchObject({ addedAtMs: 1, removedAtMs: null });
    expect(registry.verifyDevice("do-1", first.secret, 10)).toBe(false);
    expect(registry.verifyDevice("do-1", again.secret, 10)).toBe(true);
    expect(registry.placementsOf("do-1")).toEqual([{ device: "do-1", place: "pond-1", fromMs: 2, toMs: 7 }]);
  });
});
