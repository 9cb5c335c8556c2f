import { describe, expect, test } from "vitest";
import { modelOf } from "../models.ts";

describe.each(["uc511", "uc512"])("%s", (name) => {
  const send = (command: string, args: unknown) => {
    const { port, bytes } = modelOf(name)!.downlinks![command]!.encode(args);
    return `${port}: ${Buffer.from(bytes).toString("hex")}`;
  };

  test("irrigates for twenty minutes, on the first valve unless told", () => {
    expect(send("irrigate", { minutes: 20 })).toBe("85: ff1da000b00400");
    expect(send("irrigate", { valve: 2, minutes: 1 })).toBe("85: ff1da1003c0000");
  });

  test("a whole day fits into its three bytes", () => {
    expect(send("irrigate", { minutes: 1440 })).toBe("85: ff1da000805101");
  });

  test("opens and closes", () => {
    expect(send("open", { valve: 1 })).toBe("85: ff1d2000");
    expect(send("open", { valve: 2 })).toBe("85: ff1d2100");
    expect(send("close", undefined)).toBe("85: ff1d0000");
    expect(send("close", { valve: 2 })).toBe("85: ff1d0100");
  });

  test("changes how often it sends", () => {
    expect(send("set-interval", { minutes: 10 })).toBe("85: ff035802");
  });

  test("says what would be right", () => {
    expect(() => send("irrigate", {})).toThrow(/minutes must be a number/);
    expect(() => send("irrigate", { minutes: 0 })).toThrow(/above 0/);
    expect(() => send("irrigate", { minutes: 5000 })).toThrow(/at most 1440/);
    expect(() => send("open", { valve: 3 })).toThrow(/valve must be 1 or 2/);
    expect(() => send("irrigate", "now")).toThrow(TypeError);
  });
});
