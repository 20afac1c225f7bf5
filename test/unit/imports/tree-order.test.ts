import { describe, expect, it } from 'vitest';
import { orderTree, type TreeNode } from '../../../electron/imports/tree-order';
import fc from '../../fixtures/fast-check';

const anyNodes = fc.array(
  fc.record({
    key: fc.integer({ min: 0, max: 12 }).map(String),
    parent: fc.option(fc.integer({ min: 0, max: 14 }).map(String)),
    kept: fc.boolean(),
  }),
  { maxLength: 14 },
);

describe('messages in the order of a tree', () => {
  it('each follow their parent and come once, whatever names whatever', () => {
    fc.assert(
      fc.property(anyNodes, (nodes) => {
        const { order } = orderTree(nodes);
        const placed = new Set<number>();
        for (const { node, parent } of order) {
          expect(parent === null || placed.has(parent)).toBe(true);
          placed.add(node);
        }
        const kept = [...nodes.keys()].filter((node) => nodes[node]?.kept);
        expect([...placed].toSorted((a, b) => a - b)).toEqual(kept);
      }),
    );
  });

  it('stay as they came where parents come first', () => {
    const nodes: TreeNode[] = ['a', 'b', 'c', 'd'].map((key, at) => ({
      key,
      parent: at === 0 ? null : 'a',
      kept: true,
    }));
    expect(orderTree(nodes).order.map(({ node }) => node)).toEqual([0, 1, 2, 3]);
    expect(orderTree(nodes).faults).toEqual([]);
  });

  it('pass over what is not kept, and say what names nothing, goes round or comes twice', () => {
    const { order, faults, keptFor } = orderTree([
      { key: 'root', parent: null, kept: false },
      { key: 'a', parent: 'root', kept: true },
      { key: 'hidden', parent: 'a', kept: false },
      { key: 'b', parent: 'hidden', kept: true },
      { key: 'lost', parent: 'nobody', kept: true },
      { key: 'x', parent: 'y', kept: true },
      { key: 'y', parent: 'x', kept: true },
      { key: 'a', parent: null, kept: true },
    ]);
    expect(order).toEqual([
      { node: 1, parent: null },
      { node: 3, parent: 1 },
      { node: 4, parent: null },
      { node: 6, parent: null },
      { node: 5, parent: 6 },
      { node: 7, parent: null },
    ]);
    expect(faults.map(({ fault }) => fault).toSorted()).toEqual(['circle', 'no_parent', 'same_id']);
    expect([keptFor('hidden'), keptFor('root'), keptFor('nobody')]).toEqual([1, null, null]);
  });

  it('go as deep as a file does', () => {
    const nodes = Array.from({ length: 200_000 }, (_, at) => ({
      key: String(at),
      parent: at === 199_999 ? null : String(at + 1),
      kept: true,
    }));
    expect(orderTree(nodes).order).toHaveLength(200_000);
  });
});
