import { useTranslation } from 'react-i18next';
import { cx } from '../../ui/class-names';
import type { Suggestion } from './use-suggestions';

interface SuggestionListProps {
  /** Names the list to the box; the lines are named after it. */
  id: string;
  suggestions: readonly Suggestion[];
  /** -1: none. */
  active: number;
  onTake: (suggestion: Suggestion) => void;
}

/** What could be written next, below the box. The focus stays in the box. */
export function SuggestionList({ id, suggestions, active, onTake }: SuggestionListProps) {
  const { t } = useTranslation();
  if (suggestions.length === 0) return null;
  return (
    <div
      id={id}
      role="listbox"
      aria-label={t('search.suggestions')}
      className="floating absolute inset-x-0 top-9 z-30 max-h-80 overflow-y-auto rounded-3 border border-line bg-surface-raised p-1 shadow-mid"
    >
      {suggestions.map((suggestion, index) => (
        // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the box
        // biome-ignore lint/a11y/useKeyWithClickEvents: the box has the keys
        <div
          key={suggestion.key}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === active}
          ref={(line) => {
            if (index === active) line?.scrollIntoView({ block: 'nearest' });
          }}
          // The box would lose the focus, and the list with it.
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onTake(suggestion)}
          className={cx(
            'flex h-7 items-center gap-2 rounded-2 px-2 select-none',
            index === active ? 'bg-surface-active' : 'hover:bg-surface-hover',
          )}
        >
          <span className="min-w-0 flex-none truncate last:flex-1">{suggestion.label}</span>
          {suggestion.hint !== null && (
            <span className="min-w-0 flex-1 truncate text-right text-12 text-text-3">
              {suggestion.hint}
            </span>
          )}
        </div>
      ))}
    </div>
  );
}
