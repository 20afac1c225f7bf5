import { lazy, type RefObject, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Preset, Prompt } from '../../../shared/contract/preset';
import { filled } from '../../../shared/template';
import { askVariables } from '../../preset/variables';
import type { BoxHandle } from './composer-box';
import { NEW_PROMPT, type PromptDraft } from './prompt-draft';
import { SlashMenu } from './slash-menu';
import type { SlashEntry, SlashState } from './use-slash';
import type { WrittenText } from './written-text';

const PromptsDialog = lazy(async () => ({
  default: (await import('./prompts-dialog')).PromptsDialog,
}));

export interface SlashCommandsProps {
  slash: SlashState;
  written: WrittenText;
  box: RefObject<BoxHandle | null>;
  onPreset: (preset: Preset) => void;
}

/** The menu of commands, and what they do. */
export function SlashCommands({ slash, written, box, onPreset }: SlashCommandsProps) {
  const { t } = useTranslation();
  const { open, chosen } = slash;
  /** `all`: the list of prompts. */
  const [prompts, setPrompts] = useState<PromptDraft | 'all' | null>(null);

  const choose = (entry: SlashEntry) => {
    if (!open) return;
    const { from, query } = open.slash;
    const to = from + query.length + 1;
    switch (entry.kind) {
      case 'preset':
        box.current?.insert('', from, to);
        onPreset(entry.preset);
        break;
      case 'prompt':
        void insert(entry.prompt, from, to);
        break;
      case 'save': {
        const { text } = written;
        box.current?.insert('', from, to);
        const words = `${text.slice(0, from)}${text.slice(to)}`.trim();
        setPrompts({ id: null, title: '', text: words });
        break;
      }
      case 'new':
        box.current?.insert('', from, to);
        setPrompts(NEW_PROMPT);
        break;
      case 'manage':
        box.current?.insert('', from, to);
        setPrompts('all');
        break;
    }
  };
  const insert = async ({ title, text }: Prompt, from: number, to: number) => {
    slash.close();
    const before = written.text;
    const values = await askVariables(title, [text]);
    // Called off, the command stands there still.
    if (values === null || written.text !== before) return;
    afterDialogs(() => box.current?.insert(filled(text, values), from, to));
  };
  useEffect(() => {
    chosen.current = choose;
  });
  return (
    <>
      {open && (
        <SlashMenu
          open={open}
          onActive={slash.move}
          onChoose={choose}
          onEdit={({ id, title, text }) => {
            slash.close();
            setPrompts({ id, title, text });
          }}
        />
      )}
      {prompts !== null && (
        <Suspense>
          <PromptsDialog
            start={prompts === 'all' ? null : prompts}
            onClose={() => {
              setPrompts(null);
              afterDialogs(() => box.current?.focus());
            }}
          />
        </Suspense>
      )}
      <span role="status" className="sr-only">
        {open && t('composer.slash.count', { count: open.entries.length })}
      </span>
    </>
  );
}

/** A dialog that goes takes the focus along until it is gone from the page. */
function afterDialogs(act: () => void): void {
  requestAnimationFrame(() => requestAnimationFrame(act));
}
