import { hasWildcard } from "./filters.ts";

interface Node {
  children: Map<string, Node> | null;
  /** The topic that ends here, when it is one of the index. */
  topic: string | null;
}

/** Topics, asked by filter: the mirror of `FilterIndex`. What it costs grows with what is found, not with what is kept. */
export class TopicIndex {
  readonly #root: Node = { children: null, topic: null };

  add(topic: string): void {
    let node = this.#root;
    for (const level of topic.split("/")) {
      node.children ??= new Map();
      const next: Node = node.children.get(level) ?? { children: null, topic: null };
      node.children.set(level, next);
      node = next;
    }
    node.topic = topic;
  }

  remove(topic: string): void {
    removeFrom(this.#root, topic.split("/"), 0);
  }

  /** The topics that the filter matches. `contains` saves the walk for a filter without wildcards. */
  match(filter: string, contains: (topic: string) => boolean): readonly string[] {
    if (!hasWildcard(filter)) return contains(filter) ? [filter] : [];
    const found: string[] = [];
    collect(this.#root, filter.split("/"), 0, found);
    return found;
  }
}

function collect(node: Node, levels: readonly string[], depth: number, found: string[]): void {
  if (depth === levels.length) {
    if (node.topic !== null) found.push(node.topic);
    return;
  }
  const level = levels[depth]!;
  if (level === "#") {
    collectAll(node, depth === 0, found);
  } else if (level === "+") {
    for (const [name, child] of node.children ?? []) {
      if (depth > 0 || !name.startsWith("$")) collect(child, levels, depth + 1, found);
    }
  } else {
    const child = node.children?.get(level);
    if (child !== undefined) collect(child, levels, depth + 1, found);
  }
}

function collectAll(node: Node, isRoot: boolean, found: string[]): void {
  if (node.topic !== null) found.push(node.topic);
  for (const [name, child] of node.children ?? []) {
    if (!isRoot || !name.startsWith("$")) collectAll(child, false, found);
  }
}

/** @returns whether nothing is left below this node */
function removeFrom(node: Node, levels: readonly string[], depth: number): boolean {
  if (depth === levels.length) {
    node.topic = null;
  } else {
    const child = node.children?.get(levels[depth]!);
    if (child !== undefined && removeFrom(child, levels, depth + 1)) node.children?.delete(levels[depth]!);
  }
  return node.topic === null && (node.children === null || node.children.size === 0);
}
