/**
 * Begins a draft that is more than words; what follows is JSON, which names images by their ids. It tells them from
 * words that only look like it.
 */
export const DRAFT_MARK = 'slice-draft:1\n';
