import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { RadioGroup } from 'radix-ui';
import { useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useDemoRemoval } from '../../connection/demo-removal';
import { orpc } from '../../rpc/client';
import { useChangeSettings } from '../../state/change-settings';
import { enterDemo } from '../../state/chosen-connection';
import { useCurrentConnection } from '../../state/current-connection';
import { Button } from '../../ui/button';
import { Icon } from '../../ui/icon';
import { notify } from '../../ui/toaster';
import { AddConnection } from './add-connection';
import { ConnectionEditor } from './connection-editor';
import { ConnectionRow } from './connection-row';
import { SectionHeading } from './section-heading';

const ADDRESS = '/settings/connections';

/**
 * The connections there are, where new conversations start, and one of them in full. `item` is the id
 * of that one, or `new`; by default the one new conversations start with.
 */
export function ConnectionsSection({ item }: { item: string | null }) {
  const { t } = useTranslation();
  const [, navigate] = useLocation();
  const { data: connections } = useQuery(orpc.connections.list.queryOptions());
  const current = useCurrentConnection();
  const change = useChangeSettings();
  const removeDemo = useDemoRemoval();
  const [opening, setOpening] = useState(false);
  const editorId = useId();
  const card = useRef<HTMLDivElement>(null);
  const addButton = useRef<HTMLButtonElement>(null);
  const adding = item === 'new';
  useEffect(() => {
    if (item !== null) card.current?.scrollIntoView({ block: 'nearest' });
  }, [item]);
  if (!connections) return null;

  const open = adding
    ? null
    : (connections.find((connection) => String(connection.id) === item) ?? current);
  const show = (which: number | 'new') => navigate(`${ADDRESS}/${which}`);
  const openDemo = async () => {
    setOpening(true);
    try {
      await enterDemo();
      navigate('/chat');
    } catch {
      notify({ text: t('settings.demoFailed') });
    }
    setOpening(false);
  };
  const choose = (text: string) => {
    const chosen = connections.find((connection) => String(connection.id) === text);
    if (!chosen || chosen.id === current?.id) return;
    // The last model was one of the other server's.
    change({ lastConnectionId: chosen.id, lastModel: null });
  };

  return (
    <>
      <SectionHeading title={t('settings.connections')}>
        {opening || !connections.some((connection) => connection.isDemo) ? (
          <Button variant="quiet" disabled={opening} onClick={() => void openDemo()}>
            {t('settings.tryDemo')}
          </Button>
        ) : (
          <Button variant="quiet" onClick={() => void removeDemo()}>
            {t('connection.removeDemo')}
          </Button>
        )}
        <Button ref={addButton} onClick={() => show('new')} aria-expanded={adding}>
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
            isDefault={connection.id === current?.id}
            open={connection.id === open?.id}
            editorId={editorId}
            onOpen={() => show(connection.id)}
          />
        ))}
      </RadioGroup.Root>
      <p className="mt-2 text-12 text-text-3">{t('settings.connectionsHint')}</p>
      <div ref={card} id={editorId} className="mt-4">
        {adding && (
          <AddConnection
            onClose={() => {
              navigate(ADDRESS);
              addButton.current?.focus();
            }}
            onMade={show}
          />
        )}
        {open && <ConnectionEditor key={open.id} connection={open} />}
      </div>
    </>
  );
}
