const plus = "+";
const hash = "#";

export function hasWildcard(filter: string): boolean {
  return filter.includes(plus) || filter.includes(hash);
}

/**
 * Whether a topic or filter is text that MQTT allows: not empty, no NUL [MQTT-1.5.3-2], and no U+FFFD, which is what
 * the parser leaves where the bytes were not UTF-8 [MQTT-1.5.3-1].
 */
export function isText(topic: string): boolean {
  return topic.length > 0 && !topic.includes("\0") && !topic.includes("\ufffd");
}

/**
 * Whether everything that `inner` (a filter or a topic) matches is matched by `outer` as well.
 * A wildcard in the first level does not reach topics that begin with `$` [MQTT-4.7.2-1].
 */
export function covers(outer: string, inner: string): boolean {
  if (inner.startsWith("$") && !outer.startsWith("$")) return false;
  const wide = outer.split("/");
  const narrow = inner.split("/");
  for (let i = 0; i < wide.length; i++) {
    if (wide[i] === hash) return true;
    const level = narrow[i];
    if (level === undefined || level === hash) return false;
    if (wide[i] !== plus && wide[i] !== level) return false;
  }
  return wide.length === narrow.length;
}
