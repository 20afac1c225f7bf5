import { Command } from 'cmdk';
import { Check, Search } from 'lucide-react';
import { type ReactNode, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from './icon';
import { firstOptions, groupedOptions, matchingOptions, type PickerOption } from './picker-options';

export interface PickerListProps {
  value: string | null;
  options: readonly PickerOption[];
  onChoose: (value: string) => void;
  searchLabel: string;
  emptyText: string;
  freeText?: (text: string) => string;
  note?: ReactNode;
}

/** A catalogue may list a thousand models; that many lines would make opening it slow. */
const MOST_LINES = 100;

/** The search field and the list below it. */
export function PickerList(props: PickerListProps) {
  const { value, options, onChoose, searchLabel, emptyText, freeText, note } = props;
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const [active, setActive] = useState(value ?? '');
  const found = useMemo(() => matchingOptions(options, typed), [options, typed]);
  const shown = firstOptions(found, value, MOST_LINES);
  const groups = groupedOptions(shown);
  const own = typed.trim();
  const offersOwn =
    freeText !== undefined && own !== '' && !options.some((option) => option.value === own);
  return (
    <Command
      label={searchLabel}
      shouldFilter={false}
      value={active}
      onValueChange={setActive}
      className="flex min-h-0 flex-col"
    >
      <div className="flex h-9 flex-none items-center gap-2 border-b border-line px-3">
        <Icon icon={Search} small className="text-text-3" />
        <Command.Input
          value={typed}
          onValueChange={(text) => {
            setTyped(text);
            // Enter takes the best match, whatever was active before.
            const [best] = matchingOptions(options, text);
            setActive(best?.value ?? ownValue(text.trim()));
          }}
          placeholder={searchLabel}
          spellCheck={false}
          className="min-w-0 flex-1 bg-transparent outline-none"
        />
      </div>
      <Command.List className="max-h-80 min-h-0 overflow-y-auto p-1">
        {groups.map((group, index) => (
          <Command.Group
            // biome-ignore lint/suspicious/noArrayIndexKey: a heading may come twice
            key={index}
            {...(group.heading === null ? {} : { heading: group.heading })}
            className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-11 [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-text-3"
          >
            {group.options.map((option) => (
              <Command.Item
                key={option.value}
                value={option.value}
                disabled={option.disabled ?? false}
                onSelect={() => onChoose(option.value)}
                className={LINE}
              >
                <OptionText {...option} />
                <Icon
                  icon={Check}
                  small
                  className={option.value === value ? 'text-accent-text' : 'invisible'}
                />
              </Command.Item>
            ))}
          </Command.Group>
        ))}
        {offersOwn && (
          <Command.Item value={ownValue(own)} onSelect={() => onChoose(own)} className={LINE}>
            <span className="min-w-0 flex-1 truncate">{freeText(own)}</span>
          </Command.Item>
        )}
        {found.length === 0 && !offersOwn && (
          <p className="px-2 py-1.5 text-12 text-text-3">{emptyText}</p>
        )}
        {found.length > shown.length && (
          <p className="px-2 py-1.5 text-12 text-text-3">
            {t('ui.moreMatches', { count: found.length - shown.length })}
          </p>
        )}
      </Command.List>
      {note !== undefined && (
        <div className="border-t border-line px-3 py-2 text-12 text-text-3">{note}</div>
      )}
    </Command>
  );
}

function OptionText({ label, hint, detail, detailHint }: PickerOption) {
  const first = (
    <>
      <span className="min-w-0 flex-1 truncate">{label}</span>
      {hint !== undefined && <span className="figures text-12 text-text-3">{hint}</span>}
    </>
  );
  if (detail === undefined) return first;
  return (
    <span className="min-w-0 flex-1">
      <span className="flex items-baseline gap-2">{first}</span>
      <span className="figures flex justify-between gap-2 text-12 text-text-3">
        <span className="min-w-0 truncate">{detail}</span>
        <span className="flex-none">{detailHint}</span>
      </span>
    </span>
  );
}

/** Names the line that takes what was typed; no option can have the same name. */
function ownValue(text: string): string {
  return `own ${text}`;
}

const LINE =
  'flex min-h-8 items-center gap-2 rounded-2 px-2 py-1 select-none data-[disabled=true]:text-text-disabled data-[selected=true]:bg-surface-active';
