import { useQuery } from '@tanstack/react-query';
import { Pencil, Trash2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Prompt } from '../../../shared/contract/preset';
import { client, orpc, queryClient } from '../../rpc/client';
import { Button } from '../../ui/button';
import { cx } from '../../ui/class-names';
import { Dialog } from '../../ui/dialog';
import { IconButton } from '../../ui/icon-button';
import { TextField, textBox } from '../../ui/text-field';
import { notify } from '../../ui/toaster';
import { NEW_PROMPT, type PromptDraft } from './prompt-draft';

export interface PromptsDialogProps {
  /** The one to begin with; null shows the list of all. */
  start: PromptDraft | null;
  onClose: () => void;
}

function readAgain(): Promise<void> {
  return queryClient.invalidateQueries({ queryKey: orpc.presets.listPrompts.key() });
}

/** Where prompts are written, changed and deleted. */
export function PromptsDialog({ start, onClose }: PromptsDialogProps) {
  const { t } = useTranslation();
  const [editing, setEditing] = useState(start);
  const [failed, setFailed] = useState(false);
  const possible = editing !== null && editing.title.trim() !== '' && editing.text.trim() !== '';
  const leave = () => {
    setFailed(false);
    if (editing === null || start !== null) onClose();
    else setEditing(null);
  };
  const save = async () => {
    if (!possible) return;
    try {
      await client.presets.savePrompt({ ...editing, title: editing.title.trim() });
      await readAgain();
      leave();
    } catch {
      setFailed(true);
    }
  };
  if (editing === null) {
    return (
      <Dialog
        open
        onOpenChange={(open) => !open && leave()}
        title={t('composer.prompts.title')}
        description={t('composer.prompts.text')}
        actions={
          <>
            <Button onClick={() => setEditing(NEW_PROMPT)}>{t('composer.prompts.new')}</Button>
            <Button variant="ink" onClick={leave}>
              {t('composer.prompts.done')}
            </Button>
          </>
        }
      >
        <PromptList onEdit={setEditing} />
      </Dialog>
    );
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && leave()}
      title={editing.id === null ? t('composer.prompts.new') : t('composer.prompts.change')}
      description={t('composer.prompts.variables', { example: '{{name}}' })}
      actions={
        <>
          <Button onClick={leave}>{t('composer.prompts.cancel')}</Button>
          <Button variant="ink" disabled={!possible} onClick={() => void save()}>
            {t('composer.prompts.save')}
          </Button>
        </>
      }
    >
      <PromptFields draft={editing} onChange={setEditing} onSave={() => void save()} />
      <p role="status" className="mt-2 text-12 text-danger empty:hidden">
        {failed && t('composer.prompts.notSaved')}
      </p>
    </Dialog>
  );
}

function PromptList({ onEdit }: { onEdit: (prompt: PromptDraft) => void }) {
  const { t } = useTranslation();
  const { data: prompts } = useQuery(orpc.presets.listPrompts.queryOptions());
  const remove = async ({ id, title, text }: Prompt) => {
    const failed = () => notify({ text: t('composer.prompts.notDeleted') });
    const restore = () => client.presets.savePrompt({ id: null, title, text }).then(readAgain);
    try {
      await client.presets.removePrompt({ id });
      await readAgain();
      notify({
        text: t('composer.prompts.deleted', { name: title }),
        action: { label: t('chat.undo'), onSelect: () => void restore().catch(failed) },
      });
    } catch {
      failed();
    }
  };
  if (!prompts) return null;
  if (prompts.length === 0) {
    return <p className="mt-4 text-text-3">{t('composer.prompts.none')}</p>;
  }
  return (
    <ul className="mt-4 -mr-2 max-h-80 overflow-y-auto border-t border-line-soft">
      {prompts.map((prompt) => (
        <li key={prompt.id} className="flex items-center gap-1 border-b border-line-soft py-1.5">
          <span className="min-w-0 flex-1">
            <span className="block truncate font-medium">{prompt.title}</span>
            <span className="block truncate text-12 text-text-3">{prompt.text.slice(0, 200)}</span>
          </span>
          <IconButton
            label={t('composer.prompts.edit', { name: prompt.title })}
            icon={Pencil}
            small
            onClick={() => onEdit(prompt)}
          />
          <IconButton
            label={t('composer.prompts.delete', { name: prompt.title })}
            icon={Trash2}
            small
            onClick={() => void remove(prompt)}
          />
        </li>
      ))}
    </ul>
  );
}

interface PromptFieldsProps {
  draft: PromptDraft;
  onChange: (draft: PromptDraft) => void;
  onSave: () => void;
}

function PromptFields({ draft, onChange, onSave }: PromptFieldsProps) {
  const { t } = useTranslation();
  const name = useRef<HTMLInputElement>(null);
  useEffect(() => name.current?.focus(), []);
  return (
    <form
      className="mt-4 grid gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        onSave();
      }}
    >
      <TextField
        ref={name}
        label={t('composer.prompts.name')}
        value={draft.title}
        maxLength={100}
        onChange={(event) => onChange({ ...draft, title: event.target.value })}
      />
      <label className="block">
        <span className="mb-1 block text-12 font-medium text-text-2">
          {t('composer.prompts.body')}
        </span>
        <textarea
          rows={6}
          dir="auto"
          value={draft.text}
          maxLength={200_000}
          onChange={(event) => onChange({ ...draft, text: event.target.value })}
          className={cx(textBox, 'field-sizing-content max-h-72 min-h-32 resize-none py-1.5')}
        />
      </label>
    </form>
  );
}
