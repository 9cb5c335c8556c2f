/**
 * Wakes every millisecond until its standard input ends, then prints a `CoreWatch`. Run with the highest priority of one core,
 * nothing of this machine can come before it: when it wakes late all the same, the core itself was taken away.
 */
const usualMs = 2;
const startedAtMs = performance.now();
let lostMs = 0;
let longestMs = 0;
let wokeAtMs = startedAtMs;
let timer = setTimeout(wake, 1);

function wake(): void {
  const nowMs = performance.now();
  const lateMs = nowMs - wokeAtMs - 1;
  if (lateMs > usualMs) lostMs += lateMs;
  if (lateMs > longestMs) longestMs = lateMs;
  wokeAtMs = nowMs;
  timer = setTimeout(wake, 1);
}

process.stdin.resume().once("end", () => {
  clearTimeout(timer);
  const seconds = (performance.now() - startedAtMs) / 1000;
  process.stdout.write(JSON.stringify({ seconds, lostMs, longestMs }));
});
