import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { describedOffer } from '../../../electron/updates/description';
import { feedAddress } from '../../../electron/updates/feed-address';
import { problemOf, UpdateError } from '../../../electron/updates/problem';
import { Replacement } from '../../../electron/updates/replacement';
import { temporaryFolder } from '../../fixtures/store';

const sha512 = (text: string) => createHash('sha512').update(text).digest('base64');

const DESCRIBED = {
  version: '0.2.0',
  files: [{ url: 'Slice-0.2.0-linux-x64.AppImage', sha512: sha512('new'), size: 3 }],
  releaseNotes: 'Better.',
};

describe('the description of a version', () => {
  it('is taken with its notes, as plain text', () => {
    expect(describedOffer(DESCRIBED)).toEqual({ version: '0.2.0', notes: 'Better.' });
    const several = [{ version: '0.2.0', note: 'One.' }, { note: null }, { note: 'Two.' }];
    expect(describedOffer({ ...DESCRIBED, releaseNotes: several }).notes).toBe('One.\n\n\n\nTwo.');
    expect(describedOffer({ ...DESCRIBED, releaseNotes: undefined }).notes).toBe('');
  });

  it('is cut where it would never end, and cannot turn the text around it', () => {
    const { notes } = describedOffer({ ...DESCRIBED, releaseNotes: 'x'.repeat(1_000_000) });
    expect(notes.length).toBeLessThan(20_100);
    const hostile = 'a\u202Eb\u0000\u001b[31m\u2066c\n\td';
    expect(describedOffer({ ...DESCRIBED, releaseNotes: hostile }).notes).toBe('ab[31mc\n\td');
  });

  const [file] = DESCRIBED.files;
  it.each<[string, unknown]>([
    ['nothing', null],
    ['a text', 'not found'],
    ['no version', { ...DESCRIBED, version: undefined }],
    ['a version that is a number', { ...DESCRIBED, version: 2 }],
    ['a version with words in it', { ...DESCRIBED, version: '0.2.0 <b>' }],
    ['no files', { ...DESCRIBED, files: [] }],
    ['a file without a sum', { ...DESCRIBED, files: [{ url: file?.url }] }],
    ['a weaker sum', { ...DESCRIBED, files: [{ url: file?.url, sha512: 'abc=' }] }],
    ['another server', { ...DESCRIBED, files: [{ ...file, url: 'https://example.com/a' }] }],
    ['another server, shortly', { ...DESCRIBED, files: [{ ...file, url: '//example.com/a' }] }],
    ['another folder', { ...DESCRIBED, files: [{ ...file, url: '../../etc/passwd' }] }],
    ['a hidden way up', { ...DESCRIBED, files: [{ ...file, url: '%2e%2e%2fa' }] }],
    ['a name without end', { ...DESCRIBED, files: [{ ...file, url: 'a'.repeat(300) }] }],
    ['notes of another form', { ...DESCRIBED, releaseNotes: { html: '<b>' } }],
  ])('is refused with %s', (_, info) => {
    expect(() => describedOffer(info)).toThrow(new UpdateError('metadata'));
  });
});

describe('the server that a package names', () => {
  it('is asked when it can be, encrypted or on this machine', () => {
    const named = (url: string) =>
      feedAddress(`provider: generic\nurl: ${url}\nupdaterCacheDirName: slice-updater\n`)?.href;
    expect(named('https://updates.example.com/slice')).toBe('https://updates.example.com/slice');
    expect(named("'https://updates.example.com/'")).toBe('https://updates.example.com/');
    expect(named('http://127.0.0.1:4000/')).toBe('http://127.0.0.1:4000/');
    expect(named('http://updates.example.com/')).toBeUndefined();
    expect(named('https://updates.slice.invalid/')).toBeUndefined();
    expect(named('file:///etc/')).toBeUndefined();
    expect(named('nowhere')).toBeUndefined();
    expect(feedAddress('')).toBeNull();
  });

  it('is nobody yet, as the package is described here', () => {
    const described = readFileSync('electron-builder.yml', 'utf8');
    const url = /^publish:\n(?: {2}.*\n)*? {2}url: (?<url>\S+)$/m.exec(described)?.groups?.url;
    expect(url).toBeDefined();
    expect(feedAddress(`url: ${url}`)).toBeNull();
  });
});

describe('what is told of an error', () => {
  it.each<[string, Error]>([
    ['unreachable', new Error('net::ERR_CONNECTION_REFUSED')],
    ['unreachable', new Error('net::ERR_CONTENT_LENGTH_MISMATCH')],
    ['unreachable', Object.assign(new Error('503'), { code: 'HTTP_ERROR_503' })],
    ['unreachable', new Error('cancelled')],
    ['unreachable', new Error('Request has been aborted by the server')],
    ['tampered', Object.assign(new Error('sha512'), { code: 'ERR_CHECKSUM_MISMATCH' })],
    ['metadata', Object.assign(new Error('x'), { code: 'ERR_UPDATER_INVALID_UPDATE_INFO' })],
    ['metadata', Object.assign(new Error('x'), { code: 'ERR_UPDATER_NO_CHECKSUM' })],
    ['metadata', new TypeError("Cannot read properties of undefined (reading 'version')")],
    ['full', Object.assign(new Error('x'), { code: 'ENOSPC' })],
    ['place', Object.assign(new Error('x'), { code: 'EACCES' })],
    ['internal', new Error('what?')],
  ])('is %s', (problem, error) => {
    expect(problemOf(error)).toBe(problem);
  });
});

describe('a file that takes the place of the app', () => {
  function files() {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'apps'));
    const place = join(folder, 'apps', 'Slice.AppImage');
    const file = join(folder, 'loaded');
    writeFileSync(place, 'old');
    writeFileSync(file, 'new');
    return { place, file, beside: () => readdirSync(join(folder, 'apps')).toSorted() };
  }

  it('does so whole, and can be run', async () => {
    const { place, file, beside } = files();
    const replacement = await Replacement.prepare(file, place, sha512('new'));
    expect(readFileSync(place, 'utf8')).toBe('old');
    await replacement.take();
    expect(readFileSync(place, 'utf8')).toBe('new');
    expect(statSync(place).mode & 0o777).toBe(0o755);
    expect(beside()).toEqual(['Slice.AppImage']);
  });

  it('is refused when it is another one, and nothing is left of it', async () => {
    const { place, file, beside } = files();
    const wrong = Replacement.prepare(file, place, sha512('newer'));
    await expect(wrong).rejects.toThrow(new UpdateError('tampered'));
    await expect(Replacement.prepare(file, place, '')).rejects.toThrow('tampered');
    expect(readFileSync(place, 'utf8')).toBe('old');
    expect(beside()).toEqual(['Slice.AppImage']);
  });

  it('is refused when it was changed while it waited, and the old one stays', async () => {
    const { place, file, beside } = files();
    const replacement = await Replacement.prepare(file, place, sha512('new'));
    const draft = beside().find((name) => name.endsWith('.new'));
    writeFileSync(join(place, '..', draft ?? ''), 'evil');
    await expect(replacement.take()).rejects.toThrow('tampered');
    expect(readFileSync(place, 'utf8')).toBe('old');
  });

  it('leaves the old one when there is nothing to put in its place', async () => {
    const { place, file } = files();
    const gone = Replacement.prepare(`${file}.gone`, place, sha512('new'));
    expect(problemOf(await gone.catch((error: unknown) => error))).toBe('place');
    expect(readFileSync(place, 'utf8')).toBe('old');
  });
});
