import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MAX_PRESET_NAME } from '../../shared/contract/preset';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { TextField } from '../ui/text-field';
import { addPreset, freePresetName, useNewPreset } from './new-preset';
import { usePresets } from './use-presets';
import { useSummary } from './use-summary';

/** Asks what a preset is to be called that is made of a conversation. Stands once in the page. */
export function NewPresetDialog() {
  const asked = useNewPreset((state) => state.asked);
  return asked && <Asked {...asked} />;
}

type AskedProps = NonNullable<ReturnType<typeof useNewPreset.getState>['asked']>;

function Asked({ name: suggested, content, answer }: AskedProps) {
  const { t } = useTranslation();
  const summary = useSummary();
  const presets = usePresets();
  const formId = useId();
  const [name, setName] = useState(() => freePresetName(suggested, presets));
  const [state, setState] = useState<'asking' | 'saving' | 'failed'>('asking');
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === '' || state === 'saving') return;
    setState('saving');
    try {
      answer(await addPreset(name.trim(), content));
    } catch {
      setState('failed');
    }
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && answer(null)}
      title={t('presets.saveNew')}
      description={t('presets.saveNewText')}
      actions={
        <>
          <Button onClick={() => answer(null)}>{t('presets.cancel')}</Button>
          <Button type="submit" form={formId} variant="ink" disabled={name.trim() === ''}>
            {t('presets.save')}
          </Button>
        </>
      }
    >
      <form id={formId} className="mt-4" onSubmit={(event) => void save(event)}>
        <TextField
          label={t('presets.name')}
          value={name}
          maxLength={MAX_PRESET_NAME}
          autoComplete="off"
          onFocus={(event) => event.target.select()}
          onChange={(event) => setName(event.target.value)}
          hint={summary(content)}
          {...(state === 'failed' ? { error: t('presets.notKept') } : {})}
        />
      </form>
    </Dialog>
  );
}
