import { hasWildcard } from "./filters.ts";

interface Node<V> {
  readonly children: Map<string, Node<V>>;
  /** Who subscribed to exactly the filter that ends here. */
  values: readonly V[];
}

const nobody: readonly never[] = [];

/**
 * Filters with who wants them, asked by topic. Filters without wildcards, which is nearly all of them (each device has
 * its own two), are one look-up; the few with wildcards are a tree.
 */
export class FilterIndex<V> {
  readonly #exact = new Map<string, readonly V[]>();
  readonly #root: Node<V> = { children: new Map(), values: nobody };

  /** The same value may be added once to each filter; adding it again changes nothing. */
  add(filter: string, value: V): void {
    if (!hasWildcard(filter)) {
      this.#exact.set(filter, including(this.#exact.get(filter) ?? nobody, value));
      return;
    }
    let node = this.#root;
    for (const level of filter.split("/")) {
      const next: Node<V> = node.children.get(level) ?? { children: new Map(), values: nobody };
      node.children.set(level, next);
      node = next;
    }
    node.values = including(node.values, value);
  }

  remove(filter: string, value: V): void {
    if (hasWildcard(filter)) {
      removeFrom(this.#root, filter.split("/"), 0, value);
      return;
    }
    const rest = (this.#exact.get(filter) ?? nobody).filter((each) => each !== value);
    if (rest.length === 0) this.#exact.delete(filter);
    else this.#exact.set(filter, rest);
  }

  /** Everyone whose filter matches the topic: those with wildcards first, one entry for each filter that matches. */
  match(topic: string): readonly V[] {
    const exact = this.#exact.get(topic) ?? nobody;
    if (!this.#mayHaveWildcardsFor(topic)) return exact;
    const found: V[] = [];
    collect(this.#root, topic.split("/"), 0, found);
    return found.length === 0 ? exact : found.concat(exact);
  }

  /** Whether `match` would find anybody. */
  wants(topic: string): boolean {
    if (this.#exact.has(topic)) return true;
    return this.#mayHaveWildcardsFor(topic) && this.match(topic).length > 0;
  }

  /** Every uplink asks, so it is answered by the first level alone where that is enough. */
  #mayHaveWildcardsFor(topic: string): boolean {
    const { children } = this.#root;
    if (children.size === 0) return false;
    const slash = topic.indexOf("/");
    const first = slash === -1 ? topic : topic.slice(0, slash);
    return children.has(first) || children.has("+") || children.has("#");
  }
}

function including<V>(values: readonly V[], value: V): readonly V[] {
  return values.includes(value) ? values : [...values, value];
}

function collect<V>(node: Node<V>, levels: readonly string[], depth: number, found: V[]): void {
  // [MQTT-4.7.2-1]: a wildcard in the first level does not reach `$SYS` and its like.
  const wild = depth > 0 || !levels[0]!.startsWith("$");
  // `a/#` matches `a` itself, too [MQTT-4.7.1-2], so this stands before the end is looked for.
  if (wild) found.push(...(node.children.get("#")?.values ?? nobody));
  if (depth === levels.length) {
    found.push(...node.values);
    return;
  }
  const plus = wild ? node.children.get("+") : undefined;
  if (plus !== undefined) collect(plus, levels, depth + 1, found);
  const named = node.children.get(levels[depth]!);
  if (named !== undefined) collect(named, levels, depth + 1, found);
}

/** @returns whether nothing is left below this node */
function removeFrom<V>(node: Node<V>, levels: readonly string[], depth: number, value: V): boolean {
  if (depth === levels.length) {
    node.values = node.values.filter((each) => each !== value);
  } else {
    const child = node.children.get(levels[depth]!);
    if (child !== undefined && removeFrom(child, levels, depth + 1, value)) {
      node.children.delete(levels[depth]!);
    }
  }
  return node.values.length === 0 && node.children.size === 0;
}
