import { Search, X } from 'lucide-react';
import { type KeyboardEvent, type Ref, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MAX_QUERY_LENGTH } from '../../../shared/contract/search';
import { type ParsedSearch, parseSearch } from '../../../shared/search-query';
import { useFrameState } from '../../state/frame-state';
import { useKeysOf } from '../../state/shortcuts';
import { Icon } from '../../ui/icon';
import { IconButton } from '../../ui/icon-button';
import { Kbd } from '../../ui/kbd';
import { SearchProblemLine } from './search-problem';
import { SuggestionList } from './suggestion-list';
import { type Suggestion, useSuggestions } from './use-suggestions';

interface SearchBoxProps {
  ref: Ref<HTMLInputElement>;
  value: string;
  onChange: (value: string) => void;
  /** The arrow down goes to what was found. */
  onDown: () => void;
  /** Enter opens the first that was found. */
  onEnter: () => void;
}

/** Looks for conversations: words, and fields that are offered while one writes. */
export function SearchBox({ ref, value, onChange, onDown, onEnter }: SearchBoxProps) {
  const { t } = useTranslation();
  const keys = useKeysOf('search');
  const own = useRef<HTMLInputElement>(null);
  const listId = useId();
  const problemId = useId();
  const [caret, setCaret] = useState(0);
  // Suggestions stand there while one writes, until Esc or a choice.
  const [offered, setOffered] = useState(false);
  const [active, setActive] = useState(-1);
  const suggestions = useSuggestions(value, Math.min(caret, value.length));
  const shown = offered ? suggestions : [];
  const problem = problemOf(parseSearch(value));
  useTakeFocus(own);

  const write = (text: string, at: number) => {
    onChange(text);
    setCaret(at);
    setActive(-1);
  };
  const take = ({ query, caret: at }: Suggestion) => {
    write(query, at);
    own.current?.focus();
    requestAnimationFrame(() => own.current?.setSelectionRange(at, at));
  };
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const chosen = shown[active];
    switch (event.key) {
      case 'ArrowDown':
        if (shown.length > 0) setActive((now) => (now + 1) % shown.length);
        else onDown();
        break;
      case 'ArrowUp':
        if (shown.length === 0) return;
        setActive((now) => (now <= 0 ? shown.length - 1 : now - 1));
        break;
      case 'Enter':
        if (chosen) take(chosen);
        else onEnter();
        break;
      case 'Escape':
        if (shown.length > 0 && value !== '') setOffered(false);
        else if (value !== '') write('', 0);
        else own.current?.blur();
        break;
      default:
        return;
    }
    event.preventDefault();
  };
  return (
    <search
      className="relative mx-2 mb-2"
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setOffered(false);
      }}
    >
      <Icon
        icon={Search}
        small
        className="absolute top-1/2 left-[9px] -translate-y-1/2 text-text-3"
      />
      <input
        ref={(element) => {
          own.current = element;
          if (typeof ref === 'function') ref(element);
          else if (ref) ref.current = element;
        }}
        type="search"
        aria-label={t('sidebar.search')}
        aria-autocomplete="list"
        aria-controls={shown.length > 0 ? listId : undefined}
        aria-activedescendant={active >= 0 && shown[active] ? `${listId}-${active}` : undefined}
        aria-invalid={problem === null ? undefined : true}
        aria-describedby={problem === null ? undefined : problemId}
        placeholder={t('sidebar.search')}
        value={value}
        maxLength={MAX_QUERY_LENGTH}
        spellCheck={false}
        autoComplete="off"
        onFocus={() => setOffered(true)}
        onClick={() => setOffered(true)}
        onChange={(event) => {
          setOffered(true);
          write(event.target.value, event.target.selectionStart ?? event.target.value.length);
        }}
        onSelect={(event) => setCaret(event.currentTarget.selectionStart ?? 0)}
        onKeyDown={press}
        className="h-8 w-full rounded-2 border border-line-strong bg-surface pr-8 pl-[30px]"
      />
      {value === '' && keys !== undefined && (
        <Kbd keys={keys} className="pointer-events-none absolute top-2 right-2" />
      )}
      {value !== '' && (
        <IconButton
          label={t('search.clear')}
          icon={X}
          small
          tabIndex={-1}
          className="absolute top-1 right-1 size-6"
          onClick={() => {
            write('', 0);
            own.current?.focus();
          }}
        />
      )}
      <SuggestionList id={listId} suggestions={shown} active={active} onTake={take} />
      {problem !== null && shown.length === 0 && (
        <SearchProblemLine id={problemId} query={value} problem={problem} />
      )}
    </search>
  );
}

function problemOf(parsed: ParsedSearch) {
  return parsed.ok ? null : parsed.problem;
}

/** The command takes the focus here, also when the sidebar has only just come. */
function useTakeFocus(input: { readonly current: HTMLInputElement | null }): void {
  const wanted = useFrameState((state) => state.searchWanted);
  useEffect(() => {
    if (!wanted) return;
    useFrameState.getState().search(false);
    input.current?.focus();
    input.current?.select();
  }, [wanted, input]);
}
