import { Fragment, type KeyboardEvent, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { filled, variablesOf } from '../../shared/template';
import { Button } from '../ui/button';
import { cx } from '../ui/class-names';
import { Dialog } from '../ui/dialog';
import { textBox } from '../ui/text-field';
import { nextStep, useVariables, type VariableQuestion, type VariableValues } from './variables';

/** Asks for the variables of a preset or a prompt that is being used. Stands once in the page. */
export function VariablesDialog() {
  const question = useVariables((state) => state.question);
  return question && <Question key={question.names.join(' ')} {...question} />;
}

function Question({ title, names, texts, answer }: VariableQuestion) {
  const { t } = useTranslation();
  const { last } = useVariables.getState();
  const [values, setValues] = useState<VariableValues>(() =>
    Object.fromEntries(names.map((name) => [name, last[name] ?? ''])),
  );
  const [confirming, setConfirming] = useState(false);
  const fields = useRef(new Map<number, HTMLTextAreaElement>());
  const noteId = useId();
  const previewId = useId();
  const empty = names.filter((name) => (values[name] ?? '').trim() === '').length;

  const goOn = (after: number | null) => {
    const step = nextStep(names, values, after, confirming);
    if (step.kind === 'field') fields.current.get(step.index)?.focus();
    if (step.kind === 'confirm') setConfirming(true);
    if (step.kind === 'done') answer(values);
  };
  const press = (event: KeyboardEvent, index: number) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    goOn(event.ctrlKey || event.metaKey ? null : index);
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && answer(null)}
      title={t('presets.variables.title', { name: title })}
      description={t('presets.variables.text')}
      actions={
        <>
          <Button onClick={() => answer(null)}>{t('presets.cancel')}</Button>
          <Button variant="ink" aria-describedby={noteId} onClick={() => goOn(null)}>
            {confirming && empty > 0 ? t('presets.variables.useEmpty') : t('presets.variables.use')}
          </Button>
        </>
      }
    >
      <div className="mt-4 grid gap-3">
        {names.map((name, index) => (
          <label key={name} className="block">
            <span className="mb-1 block text-12 font-medium text-text-2">{name}</span>
            <textarea
              ref={(field) => {
                if (field) fields.current.set(index, field);
              }}
              rows={1}
              value={values[name] ?? ''}
              onChange={(event) => {
                setValues({ ...values, [name]: event.target.value });
                setConfirming(false);
              }}
              onKeyDown={(event) => press(event, index)}
              className={cx(textBox, 'field-sizing-content max-h-32 resize-none py-[5px]')}
            />
          </label>
        ))}
      </div>
      <p id={noteId} role="status" className="mt-2 min-h-4 text-12 text-warn">
        {confirming && empty > 0 && t('presets.variables.empty', { count: empty })}
      </p>
      <h3 id={previewId} className="mt-1 mb-1 text-12 font-medium text-text-2">
        {t('presets.variables.preview')}
      </h3>
      <section
        aria-labelledby={previewId}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a long text is scrolled by keys
        tabIndex={0}
        className="grid max-h-40 gap-2 overflow-y-auto rounded-3 bg-surface-sunken px-3 py-2 text-12"
      >
        {texts
          .filter((text) => variablesOf(text).length > 0)
          .map((text, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the texts do not change while it is asked
            <p key={index} className="break-words whitespace-pre-wrap">
              <Preview text={text} names={names} values={values} />
            </p>
          ))}
      </section>
    </Dialog>
  );
}

const EDGE = '\u0000';

/** A text as it will be sent, what is filled in marked. */
function Preview({
  text,
  names,
  values,
}: {
  text: string;
  names: readonly string[];
  values: VariableValues;
}) {
  const places = Object.fromEntries(names.map((name) => [name, EDGE + name + EDGE]));
  return filled(text, places)
    .split(EDGE)
    .map((part, index) => {
      if (index % 2 === 0) return part;
      const value = values[part] ?? '';
      return (
        // biome-ignore lint/suspicious/noArrayIndexKey: a variable may come twice
        <Fragment key={index}>
          {value === '' ? (
            <span className="text-text-3">{`{{${part}}}`}</span>
          ) : (
            <span className="font-medium text-accent-text">{value}</span>
          )}
        </Fragment>
      );
    });
}
