import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { beforeAll, describe, expect, it } from 'vitest';
import { Router } from 'wouter';
import { ComparisonsTable } from '../../../renderer/features/chat/comparisons-table';
import { ConversationHeader } from '../../../renderer/features/chat/conversation-header';
import { MainNavigation } from '../../../renderer/features/sidebar/main-navigation';
import { SidebarFoot } from '../../../renderer/features/sidebar/sidebar-foot';
import { startTexts } from '../../../renderer/locales/i18n';
import { orpc } from '../../../renderer/rpc/client';
import { TooltipProvider } from '../../../renderer/ui/tooltip';
import { conversationId, messageId } from '../../../shared/ids';
import { nano, type Total } from '../../../shared/money';

beforeAll(startTexts);

const nothing = () => {};

/** Three answers of a server that counts tokens and says nothing of the cost. */
const ESTIMATED: Total = {
  known: nano(0n),
  estimated: nano(2_120_000_000n),
  unknown: 0,
  running: 0,
  runs: 3,
};

function words(node: ReactNode): string {
  const queries = new QueryClient();
  const overview = {
    today: ESTIMATED,
    month: ESTIMATED,
    demoToday: ESTIMATED,
    demoMonth: ESTIMATED,
  };
  queries.setQueryData(orpc.app.spendingOverview.queryKey(), overview);
  return renderToStaticMarkup(
    <QueryClientProvider client={queries}>
      <TooltipProvider>
        <Router ssrPath="/chat">{node}</Router>
      </TooltipProvider>
    </QueryClientProvider>,
  )
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');
}

describe('a sum of costs that are only estimated', () => {
  it('is no zero above its conversation', () => {
    const header = words(
      <ConversationHeader
        title="Sky"
        total={ESTIMATED}
        isDemo={false}
        preset={{
          preset: null,
          differs: false,
          choose: async () => {},
          back: null,
          save: null,
          saveNew: async () => {},
        }}
        nextTurn={null}
        onRename={nothing}
        onExport={nothing}
        onDelete={nothing}
      />,
    );
    expect(header).toContain('about $2.1200');
    expect(header).not.toContain('$0.00');
  });

  it('is no zero in the table of comparisons', () => {
    const id = messageId.parse(2);
    const row = {
      comparison: {
        questionId: messageId.parse(1),
        conversationId: conversationId.parse(1),
        title: 'Sky',
        question: 'Why?',
        at: 0,
        answers: [],
      },
      models: ['a', 'b'],
      total: ESTIMATED,
      fastest: null,
      cheapest: null,
      chosen: null,
      open: id,
    };
    const order = { by: 'when', descending: true } as const;
    const table = words(<ComparisonsTable rows={[row]} order={order} onOrder={nothing} />);
    expect(table).toContain('about $2.1200');
    expect(table).not.toContain('$0.00');
  });

  it('is no zero in the sidebar, for today and for the month', () => {
    expect(words(<MainNavigation />)).toContain('about $2.1200');
    expect(words(<SidebarFoot />)).toContain('about $2.12');
  });
});
