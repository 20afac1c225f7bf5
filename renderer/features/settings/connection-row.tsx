import { RadioGroup } from 'radix-ui';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Connection } from '../../../shared/contract/connection';
import { Badge } from '../../ui/badge';
import { cx } from '../../ui/class-names';
import { ActivityLine } from './activity-line';
import { ConnectionMenu } from './connection-menu';
import { useConnectionTest } from './connection-test';
import { useDrafts } from './drafts';
import { KeyNote } from './key-note';

export interface ConnectionRowProps {
  connection: Connection;
  /** New conversations start here. */
  isDefault: boolean;
  /** It stands in the card below. */
  open: boolean;
  editorId: string;
  onOpen: () => void;
}

/** One connection: name and address, its key, how it does. */
export function ConnectionRow(props: ConnectionRowProps) {
  const { connection, isDefault, open, editorId, onOpen } = props;
  const { t } = useTranslation();
  const id = useId();
  const test = useConnectionTest(connection.id);
  const unsaved = useDrafts(({ drafts }) => drafts.has(connection.id));
  return (
    <div
      className={cx(
        'relative grid min-h-14 grid-cols-[16px_minmax(0,1fr)_136px_152px_28px] items-center gap-x-4 border-t border-line-soft pr-3 pl-4 first:border-0 compact:grid-cols-[16px_minmax(0,1fr)_152px_28px] compact:gap-x-3',
        open ? 'bg-surface-active' : 'hover:bg-surface-hover',
      )}
    >
      <RadioGroup.Item
        value={String(connection.id)}
        aria-labelledby={id}
        className="relative z-10 grid size-4 place-items-center rounded-full border border-text-3 aria-checked:border-text"
      >
        <RadioGroup.Indicator className="size-1.5 rounded-full bg-text" />
      </RadioGroup.Item>
      <div className="min-w-0">
        <div className="flex items-center gap-1.5">
          <button
            type="button"
            aria-expanded={open}
            aria-controls={open ? editorId : undefined}
            onClick={onOpen}
            className="min-w-0 truncate rounded-1 text-left font-medium before:absolute before:inset-0"
          >
            <span id={id}>{connection.name}</span>
          </button>
          {isDefault && <Badge>{t('settings.default')}</Badge>}
          {unsaved && <Badge tone="warn">{t('settings.unsaved')}</Badge>}
        </div>
        <small className="block truncate text-12 text-text-3">
          {connection.isDemo ? t('settings.demoAddress') : shortAddress(connection.baseUrl)}
        </small>
      </div>
      <div className="contents compact:block">
        <KeyNote connection={connection} rejected={test.report?.key === 'rejected'} />
        <ActivityLine connection={connection} report={test.report} testing={test.testing} />
      </div>
      <div className="relative z-10">
        <ConnectionMenu
          connection={connection}
          host={hostOf(connection)}
          onTest={() => {
            onOpen();
            test.start();
          }}
        />
      </div>
    </div>
  );
}

function shortAddress(url: string): string {
  return url.replace(/^https?:\/\//, '');
}

/** The server as sentences name it. */
export function hostOf({ baseUrl, name }: Connection): string {
  return URL.canParse(baseUrl) ? new URL(baseUrl).host || name : name;
}
