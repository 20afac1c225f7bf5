/** A message as a file has it: it names itself and the one before it. */
export interface TreeNode {
  readonly key: string;
  readonly parent: string | null;
  /** Others are passed over: what follows them follows the nearest one before them that is kept. */
  readonly kept: boolean;
}

export type TreeFault = 'no_parent' | 'circle' | 'same_id';

export interface TreeOrder {
  /** The kept ones by their place in what was given, each after the one that it follows. */
  readonly order: readonly { readonly node: number; readonly parent: number | null }[];
  readonly faults: readonly { readonly node: number; readonly fault: TreeFault }[];
  /** The kept one that stands for a key: itself, or the nearest before it. */
  readonly keptFor: (key: string) => number | null;
}

/**
 * Puts messages in an order in which each follows its parent, and otherwise leaves them as they came. What
 * names a parent that is not there, or goes round in a circle, begins anew. Works at any depth.
 */
export function orderTree(nodes: readonly TreeNode[]): TreeOrder {
  const byKey = new Map<string, number>();
  const faults: { node: number; fault: TreeFault }[] = [];
  for (const [node, { key }] of nodes.entries()) {
    if (byKey.has(key)) faults.push({ node, fault: 'same_id' });
    else byKey.set(key, node);
  }
  const order: { node: number; parent: number | null }[] = [];
  /** The kept one at or before each node; absent until it is placed. */
  const kept = new Map<number, number | null>();
  for (const start of nodes.keys()) {
    const path: number[] = [];
    const onPath = new Set<number>();
    let above: number | null = null;
    for (let at: number | null = start; at !== null; ) {
      const placed = kept.get(at);
      if (placed !== undefined) {
        above = placed;
        break;
      }
      path.push(at);
      onPath.add(at);
      const wanted: string | null = nodes[at]?.parent ?? null;
      const parent: number | null = wanted === null ? null : (byKey.get(wanted) ?? null);
      if (wanted !== null && parent === null) faults.push({ node: at, fault: 'no_parent' });
      const turns: boolean = parent !== null && onPath.has(parent);
      if (turns) faults.push({ node: at, fault: 'circle' });
      at = turns ? null : parent;
    }
    for (const node of path.reverse()) {
      if (nodes[node]?.kept) {
        order.push({ node, parent: above });
        above = node;
      }
      kept.set(node, above);
    }
  }
  return {
    order,
    faults,
    keptFor: (key) => {
      const node = byKey.get(key);
      return node === undefined ? null : (kept.get(node) ?? null);
    },
  };
}
