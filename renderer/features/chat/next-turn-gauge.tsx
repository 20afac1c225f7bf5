import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Estimate } from '../../ui/estimate';
import { count, percent } from '../../ui/format';
import { GaugeButton } from '../../ui/gauge';
import { Meter } from '../../ui/meter';
import { Popover } from '../../ui/popover';
import { turnCost, turnOf } from './next-turn';
import { type NextTurnProps, NextTurnSlip } from './next-turn-slip';
import { promptTotal } from './send-estimate';
import { useAttached } from './use-attached';
import { usePromptTokens } from './use-estimate';
import { saysSomething, useWritten } from './written-text';

/** About what the next turn costs, and how much of that is for what was said before. */
export function NextTurnGauge(props: NextTurnProps) {
  const { of, asked, messages, settings, written } = props;
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const { items } = useAttached(of);
  const tokens = usePromptTokens({ written, items, messages, settings });
  const something = useWritten(written, saysSomething) || items.length > 0;
  if (tokens === null || asked.models.length === 0) return null;
  const { history } = tokens;
  const fresh = something ? promptTotal(tokens) - history : 0;
  const turn = turnOf(asked);
  const cost = turnCost(turn, history, fresh);
  const all = Math.max(1, history + fresh);
  const shares = { history: percent(history / all), fresh: percent(fresh / all) };
  return (
    <Popover
      label={t('nextTurn.title')}
      open={open}
      onOpenChange={setOpen}
      trigger={
        <GaugeButton label={t('nextTurn.label')}>
          {cost ? (
            <Estimate low={cost.total.low} high={cost.total.high} bare />
          ) : (
            <span className="figures">
              {t('nextTurn.tokens', { count: history + fresh, tokens: count(history + fresh) })}
            </span>
          )}
          <Meter
            label={t('nextTurn.meter', shares)}
            parts={[{ share: history / all }, { share: fresh / all, tone: 'live' }]}
            className="w-16 compact:w-10"
          />
        </GaugeButton>
      }
    >
      <NextTurnSlip
        {...props}
        turn={turn}
        history={history}
        fresh={fresh}
        cost={cost}
        onDone={() => setOpen(false)}
      />
    </Popover>
  );
}
