import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { RadioGroup } from 'radix-ui';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { orpc } from '../../rpc/client';
import { enterDemo } from '../../state/chosen-connection';
import { useCurrentConnection } from '../../state/current-connection';
import { Button } from '../../ui/button';
import { Icon } from '../../ui/icon';
import { notify } from '../../ui/toaster';
import { useChangeSettings } from './change-settings';
import { ConnectionRow } from './connection-row';
import { SectionHeading } from './section-heading';

/** The connections there are, which one new conversations start with, and how their keys are kept. */
export function ConnectionsSection() {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const { data: connections } = useQuery(orpc.connections.list.queryOptions());
  const current = useCurrentConnection();
  const change = useChangeSettings();
  if (!connections) return null;

  const openDemo = async () => {
    try {
      await enterDemo();
      navigate('/chat');
    } catch {
      notify({ text: t('settings.demoFailed') });
    }
  };
  const choose = (text: string) => {
    const chosen = connections.find((connection) => String(connection.id) === text);
    if (chosen) change({ lastConnectionId: chosen.id, lastModel: null });
  };

  return (
    <>
      <SectionHeading title={t('settings.connections')}>
        {!connections.some((connection) => connection.isDemo) && (
          <Button variant="quiet" onClick={() => void openDemo()}>
            {t('settings.tryDemo')}
          </Button>
        )}
        <Button onClick={() => navigate('/connect')}>
          <Icon icon={Plus} small />
          {t('settings.addConnection')}
        </Button>
      </SectionHeading>
      <RadioGroup.Root
        aria-label={t('settings.connections')}
        value={current === null ? '' : String(current.id)}
        onValueChange={choose}
        className="overflow-hidden rounded-3 border border-line bg-surface-raised"
      >
        {connections.map((connection) => (
          <ConnectionRow
            key={connection.id}
            connection={connection}
            current={connection.id === current?.id}
          />
        ))}
      </RadioGroup.Root>
      <p className="mt-2 text-12 text-text-3">{t('settings.connectionsHint')}</p>
    </>
  );
}
