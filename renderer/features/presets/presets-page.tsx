import './presets.css';
import { Download, Plus, Upload } from 'lucide-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { EMPTY_CHAT_SETTINGS } from '../../../shared/chat-settings';
import { readPresetsAgain, useReadPresets } from '../../preset/use-presets';
import { Button } from '../../ui/button';
import { Icon } from '../../ui/icon';
import { PageHeader } from '../../ui/page-header';
import { ImportDialog } from './import-dialog';
import { NoPresets } from './no-presets';
import { keepAllDrafts } from './preset-drafts';
import { PresetEditor } from './preset-editor';
import { PresetList } from './preset-list';
import { usePresetFiles } from './use-preset-files';
import { usePresetWork } from './use-preset-work';

/** The presets at the left, and one of them in its fields. */
export function PresetsPage({ presetId }: { presetId: string | null }) {
  const { t } = useTranslation();
  const presets = useReadPresets();
  const all = presets ?? [];
  const work = usePresetWork(all);
  const files = usePresetFiles(work.open);
  const shown = all.find(({ id }) => String(id) === presetId) ?? all[0] ?? null;
  useEffect(() => {
    // What was spent grows without the presets being told.
    void readPresetsAgain();
    const leave = () => void keepAllDrafts();
    window.addEventListener('pagehide', leave);
    return () => {
      window.removeEventListener('pagehide', leave);
      leave();
    };
  }, []);
  const begin = () => void work.create(t('presets.newName'), EMPTY);
  return (
    <>
      <PageHeader title={t('presets.title')}>
        <Button onClick={() => void files.importFile()}>
          <Icon icon={Upload} small />
          {t('presets.import')}
        </Button>
        {all.length > 0 && (
          <Button onClick={() => void files.exportFile(all.map(({ id }) => id))}>
            <Icon icon={Download} small />
            {t('presets.export')}
          </Button>
        )}
        {all.length > 0 && (
          <Button variant="ink" onClick={begin}>
            <Icon icon={Plus} small />
            {t('presets.new')}
          </Button>
        )}
      </PageHeader>
      {presets && all.length === 0 && <NoPresets work={work} onNew={begin} />}
      {shown && (
        <div className="grid min-h-0 flex-1 grid-cols-[288px_minmax(0,1fr)] compact:grid-cols-[224px_minmax(0,1fr)]">
          <PresetList presets={all} shown={shown.id} work={work} files={files} />
          <PresetEditor key={shown.id} preset={shown} work={work} files={files} />
        </div>
      )}
      <ImportDialog result={files.result} onClose={files.dismiss} />
    </>
  );
}

const EMPTY = { connectionId: null, model: null, settings: EMPTY_CHAT_SETTINGS, opening: [] };
