import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readImport } from '../../electron/imports/import-work';
import { unpackJson } from '../../electron/imports/zip-archive';
import fc from '../fixtures/fast-check';
import { exportedFrom, importFileOf, saidIn, writeRead } from '../fixtures/importing';
import { NOON } from '../fixtures/ledger';
import { connections, temporaryFolder } from '../fixtures/store';
import { type ZippedFile, zipOf } from '../fixtures/zip';

function talk(id: string, text: string) {
  return {
    title: text,
    conversation_id: id,
    current_node: 'a',
    mapping: {
      a: {
        parent: null,
        children: [],
        message: { author: { role: 'user' }, content: { content_type: 'text', parts: [text] } },
      },
    },
  };
}

const SKY: ZippedFile = {
  name: 'conversations.json',
  content: JSON.stringify([talk('c1', 'Why is the sky blue?')]),
};

const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');

/** A conversation whose message points to these. */
function shown(pointers: readonly string[], metadata = {}) {
  const one = talk('i', 'Look');
  const parts = pointers.map((pointer) => ({
    content_type: 'image_asset_pointer',
    asset_pointer: pointer,
  }));
  const content = { content_type: 'multimodal_text', parts: ['Look', ...parts] };
  const { a } = one.mapping;
  const message = { ...a.message, content, metadata };
  return { ...one, mapping: { a: { ...a, message } } };
}

/** Reads an archive, and says what is left of it besides what was read. */
async function reading(
  archive: Uint8Array,
  reached: (bytes: number, of: number) => void = () => undefined,
) {
  const { writer, reader } = connections();
  writer.pragma('synchronous = OFF');
  const folder = temporaryFolder();
  const path = join(folder, 'export.zip');
  const work = join(folder, 'imports');
  const attachments = join(folder, 'attachments');
  mkdirSync(work);
  writeFileSync(path, archive);
  const staged = join(work, 'staged.db');
  const job = { path, staged, unpacked: join(work, 'unpacked'), attachments, now: NOON };
  const found = readImport(reader, job, reached);
  const said = async () => {
    writeRead(writer, { ...(await found), staged, attachments });
    return saidIn(reader);
  };
  const left = () => readdirSync(work);
  return { found, said, left, folder };
}

async function faultsOf(archive: Uint8Array) {
  const { found, left, folder } = await reading(archive);
  const { preview } = await found;
  expect(left()).toEqual(['staged.db']);
  expect(readdirSync(folder).toSorted()).toEqual(['export.zip', 'imports']);
  return preview.problems.map(({ fault, detail }) => [fault, detail]);
}

describe('an archive', () => {
  it("of ChatGPT's export brings its conversations, and says where they were", async () => {
    const { found, said, left } = await reading(
      zipOf([
        { name: 'user.json', content: '{"id":"user-1","email":"somebody@example.org"}' },
        { name: 'chat.html', content: '<html></html>' },
        { name: 'file-x.png', content: new Uint8Array([1, 2, 3]), stored: true },
        { name: 'message_feedback.json', content: '[]' },
        { name: '__MACOSX/._conversations.json', content: new Uint8Array([0, 5, 22, 7]) },
        SKY,
      ]),
    );
    expect((await found).preview).toMatchObject({
      name: 'export.zip',
      files: ['conversations.json'],
      fileCount: 1,
      formats: ['chatgpt'],
      conversations: 1,
      problemCount: 0,
    });
    expect(left()).toEqual(['staged.db']);
    expect(await said()).toMatchObject([{ title: 'Why is the sky blue?' }]);
  });

  it('brings the images that messages point to, whatever their names end in', async () => {
    const other = Buffer.concat([PNG, Buffer.from([1])]);
    const pointers = [
      'file-service://file-Ab1',
      'sediment://file_00c?shared=1',
      'sediment://file_x',
    ];
    const content = JSON.stringify([shown(pointers)]);
    const { found, said, folder } = await reading(
      zipOf([
        { name: 'conversations.json', content },
        { name: 'file-Ab1-my cat.png', content: PNG, stored: true },
        { name: 'user-1/file_00c-sanitized.dat', content: other },
        { name: 'file-unused-b.png', content: Buffer.concat([PNG, Buffer.from([2])]) },
      ]),
    );
    const { preview, images } = await found;
    expect(preview).toMatchObject({ images: 2, missingImages: 1, problemCount: 0 });
    expect(images).toHaveLength(2);
    expect(readdirSync(join(folder, 'attachments'), { recursive: true })).toEqual(
      expect.arrayContaining(images.map((sha256) => expect.stringContaining(sha256))),
    );
    expect((await said())[0]?.messages).toEqual([
      [null, 'user', 'Look', 'image: ', 'image: ', 'file: image: '],
    ]);
  });

  it('leaves out images that are damaged, enormous, none, or of what is hidden', async () => {
    const files: readonly ZippedFile[] = [
      { name: 'file-a-a.png', content: PNG, sum: 1 },
      { name: 'file-a-a.png', content: PNG, size: 5 },
      { name: 'file-a-a.png', content: PNG, size: 21 * 1024 * 1024 },
      { name: 'file-a-a.png', content: Buffer.alloc(21 * 1024 * 1024), stored: true },
      { name: 'file-a-a.png', content: PNG, flags: 1 },
      { name: 'file-a-a.png', content: 'Hello' },
    ];
    for (const file of files) {
      const content = JSON.stringify([shown(['file-service://file-a'])]);
      const { found } = await reading(zipOf([{ name: 'conversations.json', content }, file]));
      expect((await found).preview).toMatchObject({ images: 0, missingImages: 1, problemCount: 0 });
    }
    const hidden = shown(['file-service://file-a'], { is_visually_hidden_from_conversation: true });
    const content = JSON.stringify([hidden]);
    const { found } = await reading(
      zipOf([
        { name: 'conversations.json', content },
        { name: 'file-a-a.png', content: PNG },
      ]),
    );
    expect(await found).toMatchObject({ images: [], preview: { images: 0, missingImages: 0 } });
  });

  it("of Cherry Studio's backup is found by its data.json", async () => {
    const data = {
      localStorage: {},
      indexedDB: {
        topics: [{ id: 't', messages: [{ id: 'm', role: 'user', content: 'Hello' }] }],
        message_blocks: [],
      },
    };
    const { found } = await reading(zipOf([{ name: 'data.json', content: JSON.stringify(data) }]));
    expect((await found).preview).toMatchObject({ formats: ['cherry'], files: ['data.json'] });
  });

  it('brings the conversations of all its files, each once, and names the first of them', async () => {
    const { writer, reader } = connections();
    importFileOf(writer, JSON.stringify([talk('c9', 'Ours')]));
    const files = ['a', 'b', 'c', 'c'].map((id, at) => ({
      name: `conversations-00${at}.json`,
      content: JSON.stringify([talk(id, `Number ${id}`)]),
    }));
    const own = { name: 'Ours.slice.json', content: exportedFrom(reader) };
    const { found, said } = await reading(zipOf([...files, own]));
    const { preview } = await found;
    expect(preview).toMatchObject({
      files: ['conversations-000.json', 'conversations-001.json', 'conversations-002.json'],
      fileCount: 5,
      formats: ['chatgpt', 'slice'],
      conversations: 4,
      problems: [{ fault: 'same_twice', detail: 'conversations-003.json' }],
    });
    expect((await said()).map(({ title }) => title)).toEqual([
      'Number a',
      'Number b',
      'Number c',
      'Ours',
    ]);
  });

  it('is read whether it is deflated or not, large or not, and with a comment', async () => {
    const shapes = [{ stored: true }, { large: true }, { large: true, stored: true }];
    for (const shape of shapes) {
      const { found } = await reading(zipOf([{ ...SKY, ...shape }], 'A comment'));
      expect((await found).preview).toMatchObject({ conversations: 1, problemCount: 0 });
    }
  });

  it('says how far it is, to its end', async () => {
    const long = Array.from({ length: 4000 }, (_, at) => talk(`c${at}`, `Number ${at * 7919}`));
    const content = JSON.stringify(long);
    const steps: number[] = [];
    const { found } = await reading(zipOf([{ name: 'a.json', content }]), (bytes, of) => {
      if (bytes > 0) expect(of).toBe(Buffer.byteLength(content));
      steps.push(bytes);
    });
    await found;
    expect(steps).toEqual(steps.toSorted((a, b) => a - b));
    expect(steps.at(-1)).toBe(Buffer.byteLength(content));
    expect(steps.length).toBeGreaterThan(4);
  });

  it('that is cancelled leaves nothing', async () => {
    for (const at of [0, 1, 2]) {
      let step = 0;
      const { found, left } = await reading(zipOf([SKY]), () => {
        if (step === at) throw new Error('cancelled');
        step += 1;
      });
      await expect(found).rejects.toThrow('cancelled');
      expect(left()).toEqual([]);
    }
  });

  it('can be cancelled at each image that a message points to, of which each is unpacked once', async () => {
    const pointers = Array.from({ length: 600 }, (_, at) => `sediment://file_${at % 40}`);
    const files = Array.from({ length: 40 }, (_, at) => ({
      name: `file_${at}-a.png`,
      content: Buffer.concat([PNG, Buffer.alloc(at < 3 ? 8_000_000 : 8, at)]),
    }));
    const content = JSON.stringify([shown(pointers)]);
    let steps = 0;
    const archive = zipOf([{ name: 'conversations.json', content }, ...files]);
    const { found } = await reading(archive, () => {
      steps += 1;
    });
    expect((await found).preview).toMatchObject({ images: 40, missingImages: 0 });
    expect(steps).toBeGreaterThan(40);
  });

  it('is not unpacked where there is no room for it', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'export.zip');
    writeFileSync(path, zipOf([SKY]));
    const unpacked = join(folder, 'unpacked');
    const unpacking = unpackJson(
      path,
      unpacked,
      () => undefined,
      () => 100,
    );
    await expect(unpacking).rejects.toMatchObject({
      failure: { code: 'store_full', reason: 'disk_full' },
    });
    expect(readdirSync(unpacked)).toEqual([]);
  });
});

describe('a hostile archive', () => {
  it('that is damaged says so, and what is sound in it comes', async () => {
    const whole = zipOf([SKY]);
    expect(await faultsOf(whole.subarray(0, -5))).toEqual([['zip_damaged', null]]);
    expect(await faultsOf(whole.subarray(0, 60))).toEqual([['zip_damaged', null]]);
    expect(await faultsOf(Buffer.from([0x50, 0x4b, 3, 4, 0, 0]))).toEqual([['zip_damaged', null]]);
    const named = [['zip_damaged', 'conversations.json']];
    expect(await faultsOf(zipOf([{ ...SKY, sum: 1 }]))).toEqual(named);
    expect(await faultsOf(zipOf([{ ...SKY, size: 5000 }]))).toEqual(named);
    const other = { name: 'b.json', content: JSON.stringify([talk('b', 'Sound')]) };
    const broken = zipOf([SKY, other]);
    broken.fill(0xff, 50, 70);
    const { found, said } = await reading(broken);
    expect((await found).preview.problems).toMatchObject([{ fault: 'zip_damaged' }]);
    expect(await said()).toMatchObject([{ title: 'Sound' }]);
  });

  it('that is locked or packed in an unknown way says so', async () => {
    expect(await faultsOf(zipOf([{ ...SKY, flags: 1 }]))).toEqual([
      ['zip_encrypted', 'conversations.json'],
    ]);
    expect(await faultsOf(zipOf([{ ...SKY, method: 93 }]))).toEqual([
      ['zip_method', 'conversations.json'],
    ]);
    expect(await faultsOf(zipOf([{ ...SKY, flags: 0x41 }]))).toEqual([['zip_damaged', null]]);
  });

  it('without JSON says so, and whether another archive is in it', async () => {
    expect(await faultsOf(zipOf([]))).toEqual([['zip_no_json', null]]);
    expect(await faultsOf(zipOf([{ name: 'a.txt', content: 'a' }]))).toEqual([
      ['zip_no_json', null],
    ]);
    expect(await faultsOf(zipOf([{ name: 'a.zip', content: zipOf([SKY]) }]))).toEqual([
      ['zip_in_zip', null],
    ]);
    expect(await faultsOf(zipOf([{ name: 'a.json', content: '{}' }]))).toEqual([
      ['unknown_format', null],
    ]);
    expect(await faultsOf(zipOf([{ name: 'a.json', content: 'Hello' }]))).toEqual([
      ['not_json', 'a.json'],
    ]);
  });

  it('that would become far larger is not unpacked, whether it says so or not', async () => {
    const much = Buffer.alloc(70 * 1024 * 1024, ' ');
    const bomb = { name: 'a.json', content: much };
    expect(await faultsOf(zipOf([bomb]))).toEqual([['zip_bomb', null]]);
    expect(await faultsOf(zipOf([{ ...bomb, size: 100 }]))).toEqual([['zip_bomb', 'a.json']]);
    expect(await faultsOf(zipOf([{ ...SKY, large: true, size: 2 ** 52 }]))).toEqual([
      ['zip_bomb', null],
    ]);
  });

  it('whose files all name the same bytes counts those once', async () => {
    const archive = zipOf([{ name: 'a.json', content: Buffer.alloc(1024 * 1024, ' ') }]);
    const end = archive.subarray(-22);
    const from = end.readUInt32LE(16);
    const one = archive.subarray(from, -22);
    const many = Buffer.concat(Array.from({ length: 1000 }, () => one));
    const last = Buffer.from(end);
    last.writeUInt16LE(1000, 8);
    last.writeUInt16LE(1000, 10);
    last.writeUInt32LE(many.length, 12);
    const overlapping = Buffer.concat([archive.subarray(0, from), many, last]);
    expect(await faultsOf(overlapping)).toEqual([['zip_bomb', null]]);
  });

  it('of too many files is not gone through', async () => {
    const files = Array.from({ length: 100_000 }, (_, at) => ({
      name: `${at}.json`,
      content: '',
      stored: true,
    }));
    expect(await faultsOf(zipOf(files))).toEqual([['zip_many', null]]);
  });

  it('never has its names used as paths', async () => {
    const names = [
      '../../evil.json',
      '/etc/evil.json',
      'C:\\evil.json',
      'a\0/b.json',
      '..\\b.json',
    ];
    for (const name of names) {
      const { found, left, folder } = await reading(zipOf([{ ...SKY, name }]));
      expect((await found).preview).toMatchObject({ conversations: 1, problemCount: 0 });
      expect(left()).toEqual(['staged.db']);
      expect(existsSync(join(folder, 'evil.json'))).toBe(false);
    }
  });

  it('of any bytes ends, and leaves nothing', async () => {
    const sound = zipOf([
      SKY,
      { name: 'b.json', content: '[]', large: true },
      { name: 'file-x-a.png', content: PNG },
    ]);
    const changed = fc
      .array(fc.tuple(fc.nat(sound.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 })
      .map((changes) => {
        const bytes = Buffer.from(sound);
        for (const [at, byte] of changes) bytes[at] = byte;
        return bytes;
      });
    const ended = fc.nat(sound.length).map((length) => sound.subarray(0, length));
    const any = fc.uint8Array({ maxLength: 300 }).map((bytes) => {
      return Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), bytes, sound.subarray(-80)]);
    });
    const folder = temporaryFolder();
    const path = join(folder, 'export.zip');
    let number = 0;
    await fc.assert(
      fc.asyncProperty(fc.oneof(changed, ended, any), async (bytes) => {
        writeFileSync(path, bytes);
        number += 1;
        const unpacked = join(folder, String(number));
        const { files, faults, image, close } = await unpackJson(path, unpacked, () => undefined);
        image('file-x');
        close();
        expect(files.length + faults.length).toBeGreaterThan(0);
      }),
      { numRuns: 600 },
    );
  });
});
