import { describe, expect, it } from 'vitest';
import { scanAsciiRows } from '../../../../shared/readers/clouds/asciiRows.ts';
import { scanAsciiFast } from '../../../../shared/readers/clouds/asciiWasm.ts';
import type { SeededRandom } from '../../../support/seededRandom.ts';
import { seededRandom } from '../../../support/seededRandom.ts';

const encoder = new TextEncoder();

/** Both scans of the same text, with the wanted values of every row that was found. */
function both(text: string | Uint8Array, slots: Int8Array, capacity: number) {
  const bytes = typeof text === 'string' ? encoder.encode(text) : text;
  const run = (scan: typeof scanAsciiRows) => {
    const out = new Float64Array(capacity * 4);
    const answer = scan(bytes, slots, out, capacity);
    const values = out.subarray(0, answer.rows * 4).filter((_, i) => slots.includes(i % 4));
    // Bits rather than numbers, so that -0 and NaN are told apart.
    return { ...answer, values: new BigUint64Array(values.buffer).join() };
  };
  return [run(scanAsciiFast), run(scanAsciiRows)] as const;
}

const WORDS = [
  ...[
    '0',
    '-0',
    '+5',
    '007',
    '1.',
    '.5',
    '-.25',
    '.',
    '-',
    '+',
    '1.2.3',
    '1e5',
    '-2.5E-3',
    'nan',
    '-inf',
    'x',
    '1,5',
  ],
  ...['12345678', '123456789', '1.12345678', '1.123456789', '12345678.12345678', '99999999.99999999'],
  ...[
    '0.1',
    '9007199254740993',
    '123456789012345678901234567890',
    '1.7976931348623157e308',
    '4.9e-324',
    '\u00e9',
  ],
];

function messyText(random: SeededRandom): string {
  const pick = (list: readonly string[]) => list[random.integer(0, list.length - 1)]!;
  const word = () => {
    if (random.integer(0, 2) === 0) return pick(WORDS);
    const digits = String(random.integer(0, 10 ** random.integer(1, 9)));
    const fraction = String(random.integer(0, 10 ** random.integer(1, 9)));
    return `${pick(['', '-', '+'])}${digits}${pick(['', `.${fraction}`])}`;
  };
  const line = () =>
    Array.from({ length: random.integer(0, 6) }, word).join(pick([' ', '\t', '  ', ' \r'])) +
    pick(['', ' ', '\r']);
  return Array.from({ length: random.integer(0, 12) }, line).join('\n') + pick(['', '\n']);
}

describe('ascii rows in WebAssembly', () => {
  it('messy text gives the very rows and counts of the plain loop', () => {
    for (let seed = 1; seed <= 6000; seed++) {
      const random = seededRandom(seed);
      const slots = [Int8Array.of(0, 1, 2), Int8Array.of(2, -1, 0, 3, 1), Int8Array.of(-1, 0, 1, 2)][
        seed % 3
      ]!;
      const [fast, slow] = both(messyText(random), slots, random.integer(0, 8));
      if (JSON.stringify(fast) !== JSON.stringify(slow)) {
        throw new Error(`seed ${seed}: ${JSON.stringify([fast, slow])}`);
      }
    }
  });

  it('bytes of every kind do too', () => {
    for (let seed = 1; seed <= 2000; seed++) {
      const random = seededRandom(seed);
      const bytes = Uint8Array.from({ length: random.integer(0, 200) }, () =>
        random.integer(0, 3) === 0
          ? random.integer(0, 255)
          : encoder.encode('0123456789 .-\n')[random.integer(0, 13)]!,
      );
      const [fast, slow] = both(bytes, Int8Array.of(0, 1, 2), 30);
      expect(JSON.stringify(fast)).toBe(JSON.stringify(slow));
    }
  });

  it('text of many pieces, lines longer than a piece, and more columns than there are slots for', () => {
    const random = seededRandom(1);
    const number = () => (random.normal() * 50).toFixed(random.integer(0, 9));
    const many = Array.from({ length: 30_000 }, () => `${number()} ${number()} ${number()}\n`).join('');
    const long = `1 2 3 ${'4 '.repeat(100_000)}\n5 6 7\n`;
    const wide = `${'8 '.repeat(1500)}\n`.repeat(3);
    for (const [text, slots] of [
      [many, Int8Array.of(0, 1, 2)],
      [many + long + many, Int8Array.of(0, 1, 2)],
      [wide, new Int8Array(1500).fill(-1).fill(0, 1499).fill(1, 1498, 1499).fill(2, 0, 1)],
    ] as const) {
      const [fast, slow] = both(text, slots, 100_000);
      expect(fast.rows).toBeGreaterThan(2);
      expect(JSON.stringify(fast) === JSON.stringify(slow)).toBe(true);
    }
  });
});
