import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { SEARCH_FIELDS } from '../../../shared/search-query';
import { orpc } from '../../rpc/client';
import { useToday } from '../../state/today';
import {
  fittingValues,
  fixedValues,
  isLedgerField,
  openField,
  withValue,
  wordAt,
} from './search-words';

/** One thing that could be written next. */
export interface Suggestion {
  readonly key: string;
  readonly label: string;
  readonly hint: string | null;
  /** The query with it, and where the caret goes. */
  readonly query: string;
  readonly caret: number;
}

/** What could be written at the caret: a field where nothing is, a value after a field. */
export function useSuggestions(query: string, caret: number): readonly Suggestion[] {
  const { t } = useTranslation();
  const today = useToday();
  const word = wordAt(query, caret);
  const open = openField(word.text);
  const asked =
    open && isLedgerField(open.field) ? { field: open.field, prefix: open.prefix } : null;
  const { data: named } = useQuery({
    ...orpc.search.suggest.queryOptions({ input: asked ?? skipToken }),
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
  if (query.trim() === '') {
    return SEARCH_FIELDS.map((field) => ({
      key: field,
      label: `${field}:`,
      hint: t(`search.fields.${field}`),
      query: `${field}:`,
      caret: field.length + 1,
    }));
  }
  if (!open) return [];
  const values = isLedgerField(open.field) ? (named ?? []) : fixedValues(open.field, today);
  return fittingValues(values, open.prefix).map((value) => ({
    key: value,
    label: value,
    hint: null,
    ...withValue(query, word, open.lead, value),
  }));
}
