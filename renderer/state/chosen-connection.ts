import type { Connection } from '../../shared/contract/connection';
import { startAt } from '../preset/start-state';
import { client, queryClient } from '../rpc/client';

/**
 * Has new conversations start with this connection. Its models are its own, so the last used model is
 * forgotten.
 */
export async function chooseConnection({ id }: Connection): Promise<void> {
  startAt(id);
  try {
    await client.app.changeSettings({ lastConnectionId: id, lastModel: null });
  } finally {
    await queryClient.invalidateQueries();
  }
}

/** Opens the demo, with its sample conversations unless it is to be `empty`, and stays in it. */
export async function enterDemo({ empty = false } = {}): Promise<void> {
  await chooseConnection(await client.demo.open({ samples: !empty }));
}
