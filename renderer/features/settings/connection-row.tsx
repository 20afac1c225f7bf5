import { useMutation } from '@tanstack/react-query';
import { Ellipsis, KeyRound, RefreshCw } from 'lucide-react';
import { RadioGroup } from 'radix-ui';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { Connection } from '../../../shared/contract/connection';
import { orpc, queryClient } from '../../rpc/client';
import { failureOf } from '../../rpc/failure';
import { needsKey } from '../../state/key-need';
import { Badge } from '../../ui/badge';
import { cx } from '../../ui/class-names';
import { milliseconds, moment } from '../../ui/format';
import { Icon } from '../../ui/icon';
import { IconButton } from '../../ui/icon-button';
import { Menu, MenuItem } from '../../ui/menu';
import { notify } from '../../ui/toaster';

/** One connection: name and address, its key, whether it is there. */
export function ConnectionRow({
  connection,
  current,
}: {
  connection: Connection;
  current: boolean;
}) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const id = useId();
  const check = useMutation(
    orpc.connections.check.mutationOptions({
      onSettled: () => queryClient.invalidateQueries({ queryKey: orpc.connections.list.key() }),
      onError: (error) =>
        notify({ text: t('settings.checkFailed', { code: failureOf(error).code }) }),
    }),
  );
  return (
    <div
      className={cx(
        'grid min-h-14 grid-cols-[20px_minmax(0,1fr)_auto_28px] items-center gap-x-4 border-t border-line-soft pr-3 pl-4 first:border-0 compact:gap-x-3',
        current && 'bg-surface-active',
      )}
    >
      <RadioGroup.Item
        value={String(connection.id)}
        aria-labelledby={id}
        className="grid size-4 place-items-center rounded-full border border-text-2"
      >
        <RadioGroup.Indicator className="size-1 rounded-full bg-text" />
      </RadioGroup.Item>
      <div className="min-w-0">
        <div className="flex items-center gap-1.5">
          <b id={id} className="truncate font-medium">
            {connection.name}
          </b>
          {current && <Badge>{t('settings.inUse')}</Badge>}
        </div>
        <small className="block truncate text-12 text-text-3">
          {connection.isDemo ? t('settings.demoAddress') : shortAddress(connection.baseUrl)}
        </small>
      </div>
      <div className="grid grid-cols-[152px_136px] items-center gap-x-4 compact:grid-cols-[152px]">
        <KeyNote connection={connection} />
        <span className="figures truncate text-12 text-text-2 compact:pl-[22px]">
          {check.isPending ? t('settings.checking') : <Reach connection={connection} />}
        </span>
      </div>
      <Menu trigger={<IconButton label={t('settings.more')} icon={Ellipsis} />}>
        <MenuItem icon={RefreshCw} onSelect={() => check.mutate({ id: connection.id })}>
          {t('settings.checkNow')}
        </MenuItem>
        {!connection.isDemo && (
          <MenuItem icon={KeyRound} onSelect={() => navigate(`/connect/${connection.id}`)}>
            {t('settings.enterKey')}
          </MenuItem>
        )}
      </Menu>
    </div>
  );
}

function KeyNote({ connection: { isDemo, profile, keyState } }: { connection: Connection }) {
  const { t } = useTranslation();
  const unneeded = isDemo || (keyState === 'missing' && !needsKey(profile));
  const bad = keyState === 'missing' || keyState === 'unreadable';
  return (
    <span className="flex min-w-0 items-center gap-2 text-12 whitespace-nowrap text-text-2">
      <Icon
        icon={KeyRound}
        small
        className={unneeded ? 'text-text-3' : KEY_TONES[bad ? 'bad' : keyState]}
      />
      <span className="truncate">
        {unneeded ? t('settings.key.unneeded') : t(`settings.key.${keyState}`)}
      </span>
    </span>
  );
}

const KEY_TONES = {
  encrypted: 'text-ok',
  weak: 'text-warn',
  session: 'text-warn',
  bad: 'text-danger',
} as const;

function Reach({ connection: { reachability } }: { connection: Connection }) {
  const { t } = useTranslation();
  switch (reachability.state) {
    case 'offline':
      return t('settings.offline', { since: moment(reachability.since, Date.now()) });
    case 'online':
      return reachability.latencyMs === null
        ? t('settings.online')
        : milliseconds(reachability.latencyMs);
    default:
      return t('settings.unchecked');
  }
}

function shortAddress(url: string): string {
  return url.replace(/^https?:\/\//, '');
}
