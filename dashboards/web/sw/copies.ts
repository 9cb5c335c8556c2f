/**
 * Which of the server's answers are kept for when the network is away, and under which name. How the server itself is
 * is not among them: an old "all well" would be a lie.
 */

const keptPaths = /^\/api\/v1\/(session|quantities|overview|alerts|quarantine|devices\/[^/]+\/series)$/;

// A chart that follows the clock asks for a new span each time. Its newest copy stands in for all of them; a chart of the
// past is not kept.
const followsClockMs = 10 * 60_000;

/**
 * The name under which an answer is kept; null for what is never kept: the live stream, exports, and whatever is not known
 * to be safe.
 *
 * @param nowMs browser time, milliseconds since 1970 UTC
 */
export function copyName(url: URL, nowMs: number): string | null {
  if (!keptPaths.test(url.pathname)) return null;
  if (!url.pathname.endsWith("/series")) return url.pathname + url.search;
  const fromMs = Number(url.searchParams.get("fromMs"));
  const toMs = Number(url.searchParams.get("toMs"));
  if (Math.abs(nowMs - toMs) > followsClockMs) return null;
  const spanHours = Math.round((toMs - fromMs) / 3_600_000);
  return `${url.pathname}?quantity=${url.searchParams.get("quantity")}&hours=${spanHours}`;
}
