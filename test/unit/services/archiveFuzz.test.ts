/** Archives changed at random: each is listed, read or refused with a problem, in little time and memory. */
import { gzipSync } from 'node:zlib';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { createArchiveShelf } from '../../../electron/services/archives/archiveShelf.ts';
import { inChunks, type OpenBytes } from '../../../electron/services/openBytes.ts';
import { ProblemError } from '../../../shared/base/problem.ts';
import { storedZip, tarEnd, tarEntry, zip64Of } from '../../support/archiveFixture.ts';
import { seededRandom } from '../../support/seededRandom.ts';
import { temporaryFolders } from './temporary.ts';

const cases = Number(process.env.FUZZ_CASES ?? 3000);
const freshFolder = temporaryFolders('fuzz');
let identities = 0;

/** Bytes in memory as a file that is open. */
function held(bytes: Uint8Array): OpenBytes {
  const slice = async (start: number, end: number): Promise<Uint8Array> =>
    bytes.slice(Math.max(0, start), Math.max(0, end));
  return {
    length: bytes.length,
    identity: `held-${++identities}`,
    stamp: async () => ({ size: bytes.length, modifiedMs: 0 }),
    slice,
    stream: () => inChunks({ length: bytes.length, slice }),
    close: async () => undefined,
  };
}

const json = strToU8('[{"a": 1}, {"a": 2}]'.repeat(20));
const tar = Buffer.concat([
  tarEntry('d/label/a.json', json),
  tarEntry('././@LongLink', strToU8(`d/${'long/'.repeat(40)}b.json\0`), 'L'),
  tarEntry('short', json),
  tarEntry('pax', strToU8('21 path=d/from-pax.b\n'), 'x'),
  tarEntry('short', json),
  tarEnd,
]);
const seeds: readonly Uint8Array[] = [
  zipSync({ 'd/a.json': json, 'd/b.json': strToU8('[]'), 'd/c.bin': json }),
  storedZip([
    { name: 'd/a.json', content: json },
    { name: 'd/b.json', content: json, mode: 0o100644 },
  ]),
  zip64Of('d/a.json', json),
  tar,
  gzipSync(tar),
];

/** Numbers that headers are most likely to be wrong about. */
const edges = [0, 1, 0x7f, 0x80, 0xff, 0x7fffffff, 0xfffffffe, 0xffffffff];

function mutate(seed: Uint8Array, random: ReturnType<typeof seededRandom>): Uint8Array {
  const bytes = Buffer.from(seed);
  const times = random.integer(1, 4);
  for (let time = 0; time < times; time++) {
    const at = random.integer(0, bytes.length - 5);
    const kind = random.integer(0, 4);
    if (kind === 0) bytes[at]! ^= 1 << random.integer(0, 7);
    else if (kind === 1) bytes.writeUInt32LE(edges[random.integer(0, edges.length - 1)]!, at);
    else if (kind === 2) bytes.copy(bytes, at, random.integer(0, bytes.length - 1));
    else if (kind === 3) bytes.subarray(at, at + random.integer(1, 40)).fill(random.integer(0, 255));
    else return bytes.subarray(0, random.integer(1, bytes.length));
  }
  return bytes;
}

describe('archives', () => {
  test(`${cases} changed at random are read or refused`, async () => {
    const random = seededRandom(91);
    const shelf = createArchiveShelf(freshFolder());
    const seen = new Map<string, number>();
    const note = (outcome: string): void => void seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
    for (let round = 0; round < cases; round++) {
      // Unpacking touches the disk, so it is tried less often.
      const seed = seeds[round % 20 === 0 ? 4 : round % 4]!;
      const carrier = held(mutate(seed, random));
      try {
        const archive = await shelf.look(carrier, { shown: 'x.zip', prefix: '' });
        note(archive === null ? 'no archive' : 'listed');
        for (const { path } of archive?.entries ?? []) {
          expect(path).not.toMatch(/^\/|\.\.|\\|\0/);
          const opened = await archive!.open(carrier, path, path);
          try {
            for await (const _ of opened.stream());
          } finally {
            await opened.close();
          }
        }
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error;
        note(error.problem.code);
      }
    }
    expect([...seen.keys()]).toEqual(
      expect.arrayContaining(['listed', 'archive-damaged', 'archive-file-damaged']),
    );
  });
});
