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
  const [removed, setRemoved] = useState<Prompt | null>(null);
  const [failed, setFailed] = useState(false);
  const change = async (work: Promise<unknown>, now: Prompt | null) => {
    try {
      await work;
      setRemoved(now);
      setFailed(false);
      await readAgain();
    } catch {
      setFailed(true);
    }
  };
  if (!prompts) return null;
  return (
    <>
      {prompts.length === 0 && <p className="mt-4 text-text-3">{t('composer.prompts.none')}</p>}
      {prompts.length > 0 && (
        <ul className="mt-4 max-h-80 overflow-y-auto border-t border-line-soft">
          {prompts.map((prompt) => (
            <PromptLine
              key={prompt.id}
              prompt={prompt}
              onEdit={() => onEdit(prompt)}
              onRemove={() => void change(client.presets.removePrompt({ id: prompt.id }), prompt)}
            />
          ))}
        </ul>
      )}
      {/* A toast could not be reached from within a dialog. */}
      <p role="status" className="mt-3 flex items-center gap-2 text-12 text-text-2 empty:hidden">
        {removed && (
          <>
            <span className="min-w-0 truncate">
              {t('composer.prompts.deleted', { name: removed.title })}
            </span>
            <Button
              size="sm"
              onClick={() => void change(client.presets.savePrompt({ ...removed, id: null }), null)}
            >
              {t('chat.undo')}
            </Button>
          </>
        )}
        {failed && <span className="text-danger">{t('composer.prompts.notChanged')}</span>}
      </p>
    </>
  );
}

interface PromptLineProps {
  prompt: Prompt;
  onEdit: () => void;
  onRemove: () => void;
}

function PromptLine({ prompt: { title, text }, onEdit, onRemove }: PromptLineProps) {
  const { t } = useTranslation();
  return (
    <li className="flex items-center gap-1 border-b border-line-soft py-1.5">
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium">{title}</span>
        <span className="block truncate text-12 text-text-3">{text.slice(0, 200)}</span>
      </span>
      <IconButton
        label={t('composer.prompts.edit', { name: title })}
        icon={Pencil}
        small
        onClick={onEdit}
      />
      <IconButton
        label={t('composer.prompts.delete', { name: title })}
        icon={Trash2}
        small
        onClick={onRemove}
      />
    </li>
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
