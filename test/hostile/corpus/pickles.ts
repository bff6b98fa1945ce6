/** Pickles that want code to run, and pickles that want memory. The other frame's table is sound. */
import { constants, deflateRawSync } from 'node:zlib';
import { gzipSync } from 'fflate';
import { joinBytes } from '../../support/pcdFixture.ts';
import { gzipped, op, pickled } from '../../support/pickleFixture.ts';
import { pandaset } from '../healthy.ts';
import { bent, type HostileCase } from './hostileCase.ts';

const TABLE = '002/annotations/cuboids/01.pkl.gz';
const letters = (text: string) => [...new TextEncoder().encode(text)];
const short = (text: string) => [0x8c, text.length, ...letters(text)];

/** The table of the second frame is `bytes`, gzipped. */
function labels(what: string, bytes: Uint8Array, code: string): HostileCase {
  return {
    name: `pickles: ${what}`,
    files: bent(pandaset(), { [TABLE]: gzipped(bytes) }),
    expected: [`${code} ${TABLE}`],
    loads: { frames: 2, cuboids: 3, points: 6 },
  };
}

const calls = (module: string, name: string, ...args: string[]): HostileCase =>
  labels(
    `calls ${module}.${name}`,
    pickled(op.call(module, name, ...args.map((text) => op.text(text)))),
    'pickle-global-refused',
  );

const COMMAND = 'touch ../canary/secret.bin';

/** `levels` tuples, each of two of the one before: 2^levels where they are counted. */
const laughs = (levels: number): number[] => [
  ...op.text('ha'),
  ...Array.from({ length: levels }, () => [0x32, 0x86]).flat(),
];

const named = (opcode: number[], text: string) => [...opcode, ...letters(text), 10];

export const pickleCases: readonly HostileCase[] = [
  { ...calls('os', 'system', COMMAND), isWorst: true },
  calls('posix', 'system', COMMAND),
  calls('nt', 'system', COMMAND),
  calls('subprocess', 'Popen', COMMAND),
  calls('builtins', 'eval', '1'),
  calls('builtins', 'exec', '1'),
  calls('__builtin__', 'eval', '1'),
  calls('builtins', 'getattr', 'a', 'b'),
  calls('builtins', '__import__', 'os'),
  calls('numpy.testing._private.utils', 'runstring', 'x'),
  calls('pandas.io.pickle', 'read_pickle', '/etc/passwd'),
  calls('constructor', '__proto__'),
  labels(
    'calls os.system by names on the stack',
    pickled(short('os'), short('system'), [0x93], op.tuple(op.text(COMMAND)), op.reduce),
    'pickle-global-refused',
  ),
  labels(
    'makes an instance the old way',
    pickled([40], op.text(COMMAND), named([105], 'os\nsystem')),
    'pickle-broken',
  ),
  labels(
    'makes an object the old way',
    pickled([40], op.global('os', 'system'), op.text(COMMAND), [111]),
    'pickle-global-refused',
  ),
  labels(
    'makes an object with keywords',
    pickled(op.global('os', 'system'), op.tuple(), op.dict({}), [0x92]),
    'pickle-global-refused',
  ),
  labels('a persistent id as text', pickled(named([80], 'x')), 'pickle-broken'),
  labels('a persistent id from the stack', pickled(op.text('x'), [81]), 'pickle-broken'),
  labels('an extension of one byte', pickled([0x82, 1]), 'pickle-broken'),
  labels('an extension of two bytes', pickled([0x83, 1, 0]), 'pickle-broken'),
  labels('an extension of four bytes', pickled([0x84, 1, 0, 0, 0]), 'pickle-broken'),
  labels('reduces a text', pickled(op.text('x'), op.tuple(), op.reduce), 'pickle-broken'),
  labels('tuples of tuples, 2^100 of them', pickled(laughs(100)), 'pickle-layout-unknown'),
  labels(
    'lists 100,000 deep',
    pickled(
      Array.from({ length: 100_000 }, () => 93),
      Array.from({ length: 99_999 }, () => 97),
    ),
    'pickle-layout-unknown',
  ),
  labels('a text of 4 GB', pickled([88, 0xff, 0xff, 0xff, 0xff]), 'pickle-broken'),
  labels('bytes of 2^63', pickled([0x8e, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f]), 'pickle-broken'),
  labels(
    'a frame of 2^63 bytes',
    pickled([0x95, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f]),
    'pickle-broken',
  ),
  labels('a number of 2 GB', pickled([0x8b, 0xff, 0xff, 0xff, 0x7f]), 'pickle-broken'),
  labels(
    'remembers at place 2^32',
    pickled(op.text('x'), [0x72, 0xff, 0xff, 0xff, 0xff]),
    'pickle-layout-unknown',
  ),
  labels('takes from an empty stack', pickled([0x30, 0x30, 0x30]), 'pickle-broken'),
  labels(
    'an array of 10^12 rows',
    pickled(
      op.call(
        'numpy.core.multiarray',
        '_reconstruct',
        op.global('numpy', 'ndarray'),
        op.tuple(op.int(0)),
        op.bytes(Uint8Array.of(98)),
      ),
      op.tuple(
        op.int(1),
        op.tuple([0x8a, 6, 0, 0x10, 0xa5, 0xd4, 0xe8, 0]),
        op.call('numpy', 'dtype', op.text('f8'), op.int(0), op.int(1)),
        op.false,
        op.bytes(new Uint8Array(8)),
      ),
      op.build,
    ),
    'pickle-layout-unknown',
  ),
  {
    ...labels('a gzip that unpacks to gigabytes', new Uint8Array(), ''),
    files: bent(pandaset(), { [TABLE]: bomb() }),
    expected: [`gzip-too-large ${TABLE}`],
    isWorst: true,
  },
  {
    ...labels('a gzip cut in half', new Uint8Array(), ''),
    files: bent(pandaset(), { [TABLE]: gzipSync(new Uint8Array(5000).map((_, at) => at * 7)).slice(0, 60) }),
    expected: [`gzip-broken ${TABLE}`],
  },
];

/** Three gigabytes of zeros in three megabytes: one stretch of a stream, over and over. */
function bomb(): Uint8Array {
  const stretch = deflateRawSync(new Uint8Array(64 << 20), { finishFlush: constants.Z_SYNC_FLUSH });
  const head = Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3);
  const end = Uint8Array.of(3, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  return joinBytes(head, ...Array.from({ length: 48 }, () => stretch), end);
}
