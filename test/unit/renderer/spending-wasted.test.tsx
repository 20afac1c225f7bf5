import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { renderToStaticMarkup } from 'react-dom/server';
import { beforeAll, describe, expect, it } from 'vitest';
import { USUAL_PLACE } from '../../../renderer/features/spending/spending-place';
import { WastedCell } from '../../../renderer/features/spending/wasted-cell';
import { startTexts } from '../../../renderer/locales/i18n';
import { orpc } from '../../../renderer/rpc/client';
import type { WastedSpending } from '../../../shared/contract/spending';
import { nano, type Total } from '../../../shared/money';

beforeAll(startTexts);

const filter = { from: null, to: null, demo: false, only: {} };

function total(change: Partial<Total> = {}): Total {
  return { known: nano(0n), estimated: nano(0n), unknown: 0, running: 0, runs: 0, ...change };
}

function heading(stopped: Total): string {
  const queries = new QueryClient();
  const wasted: WastedSpending = { replaced: total(), stopped, failed: total(), deleted: total() };
  queries.setQueryData(orpc.spending.wasted.queryKey({ input: filter }), wasted);
  const markup = renderToStaticMarkup(
    <QueryClientProvider client={queries}>
      <WastedCell place={USUAL_PLACE} filter={filter} sum={total({ known: nano(10n), runs: 5 })} />
    </QueryClientProvider>,
  );
  return (/<h2>(.*?)<\/h2>/.exec(markup)?.[1] ?? '').replace(/<[^>]+>/g, ' ');
}

describe('what was spent for nothing', () => {
  it('is unknown, not zero, where nobody knows what any of it cost', () => {
    expect(heading(total({ unknown: 3, runs: 3 }))).toMatch(/Wasted spend +unknown/);
  });

  it('is about what it comes to where a part is only estimated', () => {
    expect(heading(total({ estimated: nano(2_000_000n), runs: 1 }))).toMatch(/about +\$0\.002000/);
  });

  it('is nothing where nothing was', () => {
    expect(heading(total())).toMatch(/Wasted .*\$0\.000000/);
  });
});
