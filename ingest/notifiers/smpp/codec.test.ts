import { describe, expect, test } from "vitest";
import { bindBody, readId, readShortMessage, shortMessageBody } from "./bodies.ts";
import { messageOctets, textOf } from "./message-octets.ts";
import { commands, createPduReader, encodePdu } from "./pdu.ts";
import { receiptOf } from "./receipt.ts";

/** Written by another implementation (smpplib for Python, version 2), so that two readers agree. */
const foreign = {
  bind: "0000002600000009000000000000000063616e68646f6e67006d61746b686175000034000000",
  submit:
    "0000004800000004000000000000000000050043414e48444f4e47000101383439313233343536373800400000000001000800140500032a02010041006f002000731ed100200034",
  deliver:
    "000000aa000000050000000000000000000101383439313233343536373800000043414e48444f4e47000400000000000000006869643a30613162207375623a30303120646c7672643a303031207375626d697420646174653a3236313132313036323020646f6e6520646174653a3236313132313036323120737461743a44454c49565244206572723a30303020746578743a4b48414e204341500427000102001e00053061316200",
};

const usual = {
  source: { ton: 5, npi: 0, address: "CANHDONG" },
  destination: { ton: 1, npi: 1, address: "84912345678" },
  registeredDelivery: 1,
  optional: new Map(),
};

const bodyOf = (hex: string) => createPduReader()(Buffer.from(hex, "hex"))[0]!.body;

describe("packets", () => {
  test("are written as another implementation writes them", () => {
    const packet = (command: number, body: Buffer) =>
      encodePdu({ command, status: 0, sequence: 0, body }).toString("hex");
    const bind = bindBody({ systemId: "canhdong", password: "matkhau", systemType: "" });
    expect(packet(commands.bindTransceiver, bind)).toBe(foreign.bind);
    const octets = Buffer.concat([Buffer.of(5, 0, 3, 42, 2, 1), Buffer.from("Ao số 4", "utf16le").swap16()]);
    const message = shortMessageBody({ ...usual, esmClass: 0x40, dataCoding: 8, octets });
    expect(packet(commands.submitSm, message)).toBe(foreign.submit);
  });

  test("are read whole, however they are cut on the way", () => {
    const bytes = Buffer.from(foreign.bind + foreign.submit + foreign.deliver, "hex");
    const read = createPduReader();
    const found = [...bytes].flatMap((byte) => read(Buffer.of(byte)));
    expect(found.map(({ command }) => command)).toEqual([9, 4, 5]);
    expect(createPduReader()(bytes)).toEqual(found);
  });

  test("with a length that no packet has are where reading ends", () => {
    for (const length of ["0000000f", "7fffffff"])
      expect(() => createPduReader()(Buffer.from(`${length}${"00".repeat(12)}`, "hex"))).toThrow(RangeError);
  });

  test("that are shorter than they say are refused", () => {
    const body = bodyOf(foreign.submit);
    for (let length = 0; length < body.length; length++)
      expect(() => readShortMessage(body.subarray(0, length))).toThrow(RangeError);
    expect(readId(Buffer.alloc(0))).toBe("");
  });
});

describe("texts", () => {
  const lengths = (text: string) => messageOctets(text, 42).map(({ octets }) => octets.length);

  test("take one octet a character without accents, two with", () => {
    expect(messageOctets("Ao 4 [x]", 42)).toEqual([
      { esmClass: 0, dataCoding: 0, octets: Buffer.from("416f2034201b3c781b3e", "hex") },
    ]);
    expect(messageOctets("ạ", 42)).toEqual([
      { esmClass: 0, dataCoding: 8, octets: Buffer.from("1ea1", "hex") },
    ]);
  });

  test("that are long are cut, each part with its header", () => {
    expect(lengths("a".repeat(161))).toEqual([159, 14]);
    expect(lengths("ạ".repeat(71))).toEqual([140, 14]);
    expect(messageOctets("ạ".repeat(71), 42)[1]).toMatchObject({ esmClass: 0x40, dataCoding: 8 });
    expect(messageOctets("ạ".repeat(71), 42)[1]!.octets.subarray(0, 6)).toEqual(Buffer.of(5, 0, 3, 42, 2, 2));
  });

  test("are read back as they were written", () => {
    for (const text of ["OK 3", "Đã nhận {~}", "€ [x]", "Ao số 4 "])
      expect(textOf({ ...usual, ...messageOctets(text, 1)[0]! })).toBe(text);
    expect(textOf(readShortMessage(bodyOf(foreign.submit)))).toBe("Ao số 4");
  });
});

describe("receipts", () => {
  test("say what became of a message", () => {
    expect(receiptOf(readShortMessage(bodyOf(foreign.deliver)))).toEqual({
      messageId: "0a1b",
      state: "DELIVRD",
      error: "000",
    });
  });

  test("are no replies, nor are replies receipts", () => {
    const octets = Buffer.from("id:7 stat:DELIVRD");
    expect(receiptOf({ ...usual, esmClass: 0, dataCoding: 0, octets })).toBeNull();
    expect(receiptOf({ ...usual, esmClass: 4, dataCoding: 0, octets })).toMatchObject({
      messageId: "7",
      error: "",
    });
  });
});
