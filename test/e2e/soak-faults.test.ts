import { shake } from '../soak/fault-run';
import { expect, test } from './app';
import { mountSmall, unmount } from './small-disk';

test('shaken for a minute, with answers harmed on their way, no run is without an end and no word is lost', async ({
  dataFolder,
}) => {
  test.setTimeout(240_000);
  const isSmallDisk = mountSmall(dataFolder, 64);
  try {
    const { faults, events, states } = await shake({
      seconds: 60,
      seed: 7,
      folder: dataFolder,
      isSmallDisk,
      onEvent: () => undefined,
    });
    expect(faults).toEqual([]);
    expect(Object.keys(events)).toHaveLength(isSmallDisk ? 7 : 6);
    expect(states.complete).toBeGreaterThan(5);
    expect(states.incomplete).toBeGreaterThan(0);
  } finally {
    if (isSmallDisk) unmount(dataFolder);
  }
});
