import { useQuery } from '@tanstack/react-query';
import {
  CircleAlert,
  Copy,
  Download,
  Ellipsis,
  MessageSquarePlus,
  Star,
  StarOff,
  Trash2,
} from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { MAX_PRESET_NAME, type Preset, type PresetContent } from '../../../shared/contract/preset';
import { beginWithPreset } from '../../preset/start-state';
import { orpc } from '../../rpc/client';
import { Alert } from '../../ui/alert';
import { Button } from '../../ui/button';
import { Icon } from '../../ui/icon';
import { IconButton } from '../../ui/icon-button';
import { Menu, MenuItem } from '../../ui/menu';
import { TextField } from '../../ui/text-field';
import { OpeningMessages } from './opening-messages';
import { changeDraft, draftOf, keepDraft, usePresetDrafts } from './preset-drafts';
import { PresetFields } from './preset-fields';
import { PresetFigures } from './preset-figures-row';
import { SystemMessage } from './system-message';
import type { PresetFiles } from './use-preset-files';
import { usePresetModels } from './use-preset-models';
import type { PresetWork } from './use-preset-work';

interface PresetEditorProps {
  preset: Preset;
  work: PresetWork;
  files: PresetFiles;
}

/** One preset in its fields. What is changed is kept after a pause. */
export function PresetEditor({ preset, work, files }: PresetEditorProps) {
  const { t } = useTranslation();
  const { id, isDefault } = preset;
  const drafts = usePresetDrafts((state) => state.drafts);
  const { data: connections = [] } = useQuery(orpc.connections.list.queryOptions());
  const draft = draftOf(preset, drafts);
  const { name, content } = draft;
  const connection = connections.find((one) => one.id === content.connectionId) ?? null;
  const models = usePresetModels(connection);
  const change = (next: Partial<PresetContent>) =>
    changeDraft(id, (now) => ({ ...now, content: { ...now.content, ...next } }));
  const noName = name.trim() === '';
  return (
    <section
      aria-label={noName ? preset.name : name}
      className="preset-editor @container min-h-0 overflow-y-auto py-5 pr-3 pl-6 [scrollbar-gutter:stable]"
    >
      <div className="relative max-w-[776px]">
        <h2 className="sr-only">{preset.name}</h2>
        <div className="flex flex-wrap items-start gap-3">
          <TextField
            label={t('presets.name')}
            className="min-w-40 flex-1"
            value={name}
            maxLength={MAX_PRESET_NAME}
            autoComplete="off"
            onChange={(event) => {
              const { value } = event.target;
              changeDraft(id, (now) => ({ ...now, name: value }));
            }}
            onBlur={() => void keepDraft(id)}
            {...(noName ? { error: t('presets.nameMissing', { name: preset.name }) } : {})}
          />
          <div className="flex gap-2 pt-5">
            <Button onClick={() => void work.duplicate(preset)}>
              <Icon icon={Copy} small />
              {t('presets.duplicate')}
            </Button>
            <Button
              variant="quiet"
              className="text-danger!"
              onClick={() => void work.remove(preset)}
            >
              <Icon icon={Trash2} small />
              {t('presets.delete')}
            </Button>
            <Menu
              trigger={<IconButton label={t('presets.more')} icon={Ellipsis} className="size-8" />}
            >
              <MenuItem icon={MessageSquarePlus} onSelect={() => beginWithPreset(id)}>
                {t('presets.begin')}
              </MenuItem>
              <MenuItem
                icon={isDefault ? StarOff : Star}
                onSelect={() => void work.setDefault(isDefault ? null : preset)}
              >
                {isDefault ? t('presets.noDefault') : t('presets.makeDefault')}
              </MenuItem>
              <MenuItem icon={Download} onSelect={() => void files.exportFile([id])}>
                {t('presets.exportOne')}
              </MenuItem>
            </Menu>
          </div>
        </div>
        {drafts.get(id)?.failed && <NotKept onAgain={() => void keepDraft(id)} />}
        <PresetFigures preset={preset} />
        <SystemMessage
          content={content}
          price={models.promptPrice(content.model)}
          onChange={(system) => change({ settings: { ...content.settings, system } })}
        />
        <PresetFields
          content={content}
          connections={connections}
          connection={connection}
          models={models}
          onChange={change}
        />
        <p className="mt-2 text-12 text-text-3">{t('presets.unsetNote')}</p>
        <OpeningMessages
          messages={content.opening}
          onChange={(next) =>
            changeDraft(id, (now) => {
              const opening = [...next(now.content.opening)];
              return { ...now, content: { ...now.content, opening } };
            })
          }
        />
      </div>
    </section>
  );
}

function NotKept({ onAgain }: { onAgain: () => void }) {
  const { t } = useTranslation();
  return (
    <Alert
      tone="danger"
      icon={CircleAlert}
      label={t('presets.notKeptTitle')}
      title={t('presets.notKeptTitle')}
      className="mt-4"
      actions={
        <Button size="sm" onClick={onAgain}>
          {t('presets.tryAgain')}
        </Button>
      }
    >
      <p className="mt-1 ml-6 text-text-2">{t('presets.notKeptText')}</p>
    </Alert>
  );
}
