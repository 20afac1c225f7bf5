import { useState } from 'react';
import type { ComposingKey } from './composing';
import { beginDraft } from './draft-keeper';
import { WrittenText } from './written-text';

/** What stands in the composer: the words of this window, else what the store has kept. */
export function useWrittenDraft(of: ComposingKey, stored: string | null): WrittenText {
  const [written] = useState(() => new WrittenText(beginDraft(of, stored)));
  return written;
}
