import { CopyPlus, Download, Ellipsis, Pencil, Save, Trash2 } from 'lucide-react';
import { type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Total, ZERO_USD } from '../../../shared/money';
import type { PresetUse } from '../../preset/use-preset-actions';
import { useAfterFirstPaint } from '../../state/first-paint';
import { Gauge } from '../../ui/gauge';
import { IconButton } from '../../ui/icon-button';
import { Menu, MenuItem, MenuSeparator } from '../../ui/menu';
import { Money } from '../../ui/money';
import { TotalParts } from '../../ui/total-parts';
import { CompareButton } from './compare-button';
import { ConversationTitle } from './conversation-title';
import { DemoBadge } from './demo-badge';

export interface ConversationHeaderProps {
  title: string;
  total: Total;
  isDemo: boolean;
  preset: PresetUse;
  /** About what the next turn costs. */
  nextTurn: ReactNode;
  onRename: (title: string) => void;
  onExport: () => void;
  onDelete: () => void;
}

/** What a conversation is called, what it has cost, and what can be done to it. */
export function ConversationHeader(props: ConversationHeaderProps) {
  const { title, total, isDemo, preset, nextTurn, onRename, onExport, onDelete } = props;
  const { t } = useTranslation();
  const [editing, setEditing] = useState(false);
  const renaming = useRef(false);
  // A dialog comes once the menu is gone, so that the focus has a place to come back to.
  const asking = useRef<(() => void) | null>(null);
  return (
    <header className="chat-header">
      <div className="flex min-w-0 flex-1 items-center gap-2">
        <ConversationTitle
          title={title}
          editing={editing}
          onEdit={() => setEditing(true)}
          onDone={(next) => {
            setEditing(false);
            if (next !== null) onRename(next);
          }}
        />
        {isDemo && <DemoBadge />}
      </div>
      <div className="flex h-full">
        <SpentHere total={total} />
        {nextTurn}
      </div>
      <div className="flex flex-none">
        <CompareButton />
        <IconButton label={t('chat.export')} icon={Download} onClick={onExport} />
        <Menu
          trigger={<IconButton label={t('chat.more')} icon={Ellipsis} />}
          onCloseAutoFocus={(event) => {
            if (renaming.current) event.preventDefault();
            renaming.current = false;
            if (asking.current) requestAnimationFrame(asking.current);
            asking.current = null;
          }}
        >
          <MenuItem
            icon={Pencil}
            onSelect={() => {
              renaming.current = true;
              setEditing(true);
            }}
          >
            {t('chat.rename')}
          </MenuItem>
          {preset.save && (
            <MenuItem icon={Save} disabled={!preset.differs} onSelect={() => void preset.save?.()}>
              {t('presets.saveTo', { name: preset.preset?.name ?? '' })}
            </MenuItem>
          )}
          <MenuItem
            icon={CopyPlus}
            onSelect={() => {
              asking.current = () => void preset.saveNew();
            }}
          >
            {t('presets.saveNew')}
          </MenuItem>
          <MenuSeparator />
          <MenuItem icon={Trash2} danger onSelect={onDelete}>
            {t('chat.delete')}
          </MenuItem>
        </Menu>
      </div>
    </header>
  );
}

/** The header of a conversation that has not begun. */
export function NewConversationHeader({ isDemo }: { isDemo: boolean }) {
  const { t } = useTranslation();
  const whole = useAfterFirstPaint();
  return (
    <header className="chat-header">
      <div className="flex min-w-0 flex-1 items-center gap-2">
        <h1 className="truncate text-13 font-semibold">{t('chat.newConversation')}</h1>
        {isDemo && <DemoBadge />}
      </div>
      {whole && (
        <div className="h-full">
          <Gauge label={t('chat.spentHere')}>
            <Money amount={ZERO_USD} decimals={2} />
          </Gauge>
        </div>
      )}
      <CompareButton />
    </header>
  );
}

function SpentHere({ total }: { total: Total }) {
  const { t } = useTranslation();
  return (
    <div className="h-full">
      <Gauge label={t('chat.spentHere')}>
        <TotalParts total={total} className="text-12 font-normal" />
      </Gauge>
    </div>
  );
}
