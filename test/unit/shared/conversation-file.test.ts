import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { conversationFile } from '../../../shared/conversation-file';

it('docs/conversation-file.schema.json is what the code reads', () => {
  const published: unknown = JSON.parse(readFileSync('docs/conversation-file.schema.json', 'utf8'));
  expect(published).toEqual(JSON.parse(JSON.stringify(z.toJSONSchema(conversationFile))));
});
