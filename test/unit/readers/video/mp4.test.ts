/**
 * Films by frame number: made with ffmpeg (30 frames of 160 x 96 whose brightness says which one they are), their
 * packets as ffprobe lists them in packets.json; and films that lie.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { readFilmIndex, samplesForFrame } from '../../../../shared/readers/video/mp4Index.ts';
import { MemorySource } from '../../../support/memoryFolder.ts';
import { seededRandom } from '../../../support/seededRandom.ts';

const fileOf = (name: string) => new Uint8Array(readFileSync(path.join(import.meta.dirname, `${name}.mp4`)));
const packets: Record<string, [position: number, size: number, key: number][]> = JSON.parse(
  readFileSync(path.join(import.meta.dirname, 'packets.json'), 'utf8'),
);

async function film(bytes: Uint8Array) {
  const index = await readFilmIndex(new MemorySource(bytes), 'a.mp4');
  if (!index.ok) throw new Error(JSON.stringify(index.problem));
  return index.value;
}

describe.each([
  ['h264', /^avc1\.[0-9A-F]{6}$/, true],
  ['vp9', /^vp09\.00\.\d\d\.08$/, false],
  ['av1', /^av01\.0\.\d\dM\.08$/, true],
  ['hevc', /^hvc1\.1\.6\.L\d+\.90$/, true],
] as const)('%s', (name, codec, isDescribed) => {
  test('every frame lies where ffprobe says, in the order they are shown', async () => {
    const index = await film(fileOf(name));
    expect(index.codec).toMatch(codec);
    expect(index.description !== undefined).toBe(isDescribed);
    expect([index.width, index.height, index.frames]).toEqual([160, 96, 30]);
    const found = [...index.sampleOfFrame].map((sample) => [
      index.offsets[sample],
      index.sizes[sample],
      index.isKey[sample],
    ]);
    expect(found).toEqual(packets[name]);
    expect([...index.sampleOfFrame].map((sample) => index.frameOfSample[sample])).toEqual([...found.keys()]);
  });
});

test('frames are reordered in the H.264 film, so that order of decoding and of showing are told apart', async () => {
  const { sampleOfFrame } = await film(fileOf('h264'));
  expect([...sampleOfFrame].some((sample, frame) => sample !== frame)).toBe(true);
});

test('a frame needs the samples from the key before it', async () => {
  const index = await film(fileOf('h264'));
  for (let frame = 0; frame < index.frames; frame++) {
    const { first, last } = samplesForFrame(index, frame)!;
    expect(index.isKey[first]).toBe(1);
    expect(last).toBe(index.sampleOfFrame[frame]);
    expect([...index.isKey.subarray(first + 1, last + 1)]).not.toContain(1);
  }
  expect(samplesForFrame(index, 30)).toBeNull();
  expect(samplesForFrame(index, -1)).toBeNull();
});

test('only the metadata is read', async () => {
  const whole = fileOf('h264');
  const source = new MemorySource(whole);
  await readFilmIndex(source, 'a.mp4');
  expect(source.bytesRead).toBeLessThan(packets.h264![0]![0] + 100);
});

describe('damage', () => {
  test.each([
    ['nothing', new Uint8Array(0)],
    ['text', new TextEncoder().encode('this is no film at all, but some text')],
    ['a film cut before its metadata', fileOf('vp9').subarray(0, 200)],
  ])('%s', async (_, bytes) => {
    const index = await readFilmIndex(new MemorySource(bytes), 'a.mp4');
    expect(index).toMatchObject({ ok: false, problem: { code: 'mp4-broken', path: 'a.mp4' } });
  });

  test('a film in fragments, and one of an unknown codec, are told as such', async () => {
    const fragments = await readFilmIndex(new MemorySource(fileOf('frag')), 'a.mp4');
    expect(fragments).toMatchObject({ ok: false, problem: { code: 'mp4-fragmented' } });
    const bytes = fileOf('h264');
    const at = Buffer.from(bytes).indexOf('avc1', Buffer.from(bytes).indexOf('stsd'));
    bytes.set(new TextEncoder().encode('zzz9'), at);
    const unknown = await readFilmIndex(new MemorySource(bytes), 'a.mp4');
    expect(unknown).toMatchObject({ problem: { code: 'mp4-codec-unknown', params: { codec: 'zzz9' } } });
  });

  test('a table of 2^32 samples is not believed', async () => {
    const bytes = fileOf('h264');
    const at = Buffer.from(bytes).indexOf('stsz');
    bytes.fill(0xff, at + 12, at + 16);
    expect(await readFilmIndex(new MemorySource(bytes), 'a.mp4')).toMatchObject({
      problem: { code: 'mp4-broken' },
    });
    // Nor with one size for all of them.
    bytes[at + 11] = 1;
    expect(await readFilmIndex(new MemorySource(bytes), 'a.mp4')).toMatchObject({
      problem: { code: 'mp4-broken' },
    });
  });

  test('bytes changed at random never throw', async () => {
    const { next: random } = seededRandom(17);
    for (let round = 0; round < 3000; round++) {
      const bytes = fileOf(['h264', 'vp9', 'av1', 'hevc', 'frag'][round % 5]!);
      for (let i = 0; i < 4; i++)
        bytes[Math.floor(random() * Math.min(bytes.length, 1200))] = Math.floor(random() * 256);
      const cut = random() < 0.2 ? bytes.subarray(0, Math.floor(random() * bytes.length)) : bytes;
      const index = await readFilmIndex(new MemorySource(cut), 'a.mp4');
      if (index.ok) expect(index.value.frames).toBeLessThanOrEqual(cut.length);
    }
  });
});
