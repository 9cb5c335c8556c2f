import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, expect, test } from "vitest";
import { addDevice, connectNode } from "../testing/field-node.ts";
import { createTestInstallation, type TestServer } from "../testing/server-process.ts";
import { settled } from "../testing/settled.ts";

/**
 * A disk that is full, or has become read-only, withholds acknowledgements with a clear message, and nothing else: what was
 * acknowledged stays, and when there is room again everything goes on by itself. On a small file system of its own.
 */

const disk = mkdtempSync(join(tmpdir(), "canhdong-disk-"));
const hasDisk = mountDisk();
const installation = createTestInstallation({
  data: join(disk, "data"),
  journal: { segmentMiB: 1 },
  broker: { flapping: { maxConnects: 100_000 } },
});
afterAll(async () => {
  await installation.remove();
  if (hasDisk) execFileSync("umount", ["-l", disk]);
  rmSync(disk, { recursive: true });
});

function mountDisk(): boolean {
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=48m", "tmpfs", disk], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** Puts a read-only file system where the journal was: one with open files cannot simply be made read-only. */
const journal = join(disk, "data", "journal");
const makeReadOnly = () => execFileSync("mount", ["-t", "tmpfs", "-o", "ro,size=4k", "tmpfs", journal]);
const makeWritable = () => execFileSync("umount", [journal]);

/** Fills the disk to its last page. */
function fill(): void {
  for (const bytes of [1 << 20, 1 << 12]) {
    try {
      for (let n = 0; ; n++) writeFileSync(join(disk, "filling", `${bytes}-${n}`), Buffer.alloc(bytes));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
    }
  }
}

test.skipIf(!hasDisk)(
  "a full and a read-only disk withhold acknowledgements, say so, and everything recovers by itself",
  { timeout: 180_000 },
  async () => {
    const server = await installation.start();
    const secret = await addDevice(server, { id: "ao-1", intervalMs: 3_600_000 });
    const acknowledged: number[] = [];
    let lastTs = Date.now();

    /** Sends until it is acknowledged (or, the other way round, until it is not), over as many connections as that takes. */
    const sendUntil = async (wanted: "acknowledged" | "withheld") => {
      for (;;) {
        const node = await connectNode(server, "ao-1", secret).catch(() => null);
        if (node !== null) {
          const ts = ++lastTs;
          const isAcknowledged = await node.send({ ts, values: { "water.ph": 7 } }).then(
            () => true,
            () => false,
          );
          await node.end().catch(() => {});
          if (isAcknowledged) acknowledged.push(ts);
          if (isAcknowledged === (wanted === "acknowledged")) return;
        }
        await sleep(50);
      }
    };

    await sendUntil("acknowledged");

    mkdirSync(join(disk, "filling"));
    fill();
    await sendUntil("withheld");
    expect(await journalHealth(server)).toMatchObject({
      status: "failing",
      message: expect.stringMatching(/ENOSPC|no space/i),
    });
    rmSync(join(disk, "filling"), { recursive: true });
    await sendUntil("acknowledged");
    expect(await journalHealth(server)).toMatchObject({ status: "ok" });

    makeReadOnly();
    await sendUntil("withheld");
    expect(await journalHealth(server)).toMatchObject({
      status: "failing",
      message: expect.stringMatching(/EROFS|ENOENT/),
    });
    makeWritable();
    await sendUntil("acknowledged");

    await settled(server);
    expect(server.printed()).toMatch(/not acknowledged|cannot be (kept|written)|no uplink/i);
    const span = `fromMs=${Date.now() - 3_600_000}&toMs=${Date.now() + 3_600_000}`;
    const { readings } = await server.api<{ readings: { measuredAtMs: number }[] }>(
      `/devices/ao-1/readings?${span}&limit=5000`,
    );
    const stored = new Set(readings.map(({ measuredAtMs }) => measuredAtMs));
    expect(acknowledged.filter((ts) => !stored.has(ts))).toEqual([]);
    expect(await server.stop()).toBe(0);
  },
);

test.skipIf(!hasDisk)(
  "on a full disk a server stops when it is asked, and one that starts goes on when there is room",
  { timeout: 180_000 },
  async () => {
    const server = await installation.start();
    mkdirSync(join(disk, "filling"));
    fill();
    // 1: it tells what it could not save. What was acknowledged is in the journal.
    expect([0, 1]).toContain(await server.stop());

    const starting = installation.start();
    rmSync(join(disk, "filling"), { recursive: true });
    const again = await starting;
    await settled(again);
    expect(await journalHealth(again)).toMatchObject({ status: "ok" });
    expect(await again.stop()).toBe(0);
  },
);

async function journalHealth(server: TestServer) {
  const { checks } = await server.health();
  return checks.find(({ name }) => name === "journal");
}

test("a data folder that cannot be made is told before anything opens", async () => {
  const elsewhere = createTestInstallation();
  const inTheWay = join(elsewhere.folder, "data");
  writeFileSync(inTheWay, "a file, not a folder");
  const { code, err } = await elsewhere.run("start");
  expect(code).toBe(1);
  expect(err).toContain(`The data folder ${inTheWay} cannot be written (EEXIST)`);
  await elsewhere.remove();
});
