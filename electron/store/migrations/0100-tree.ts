import type { Migration } from './migration';

/** What finds the messages that were deleted, to delete them for good once nobody wants them back. */
export const tree: Migration = {
  version: 100,
  name: 'tree',
  sql: `
CREATE INDEX message_deleted ON message (deleted_at) WHERE deleted_at IS NOT NULL;
`,
};
