/** The token table against a Map: the same numbers for the same texts, whatever they are made of. */
import { describe, expect, it } from 'vitest';
import { LONGEST_TOKEN, NO_TOKEN, TokenTable } from '../../../../shared/readers/tables/tokenTable.ts';
import { seededRandom } from '../../../support/seededRandom.ts';

describe('TokenTable', () => {
  it('numbers texts as a Map does', () => {
    const random = seededRandom(21);
    const alphabet = ['0123456789abcdef', '0123456789ABCDEF', 'xyz-_.', '雪🚗é'];
    const text = () => {
      const characters = [...alphabet[random.integer(0, 3)]!];
      const length = random.next() < 0.5 ? 8 * random.integer(1, 8) : random.integer(1, 40);
      return Array.from({ length }, () => characters[random.integer(0, characters.length - 1)]).join('');
    };
    const table = new TokenTable();
    const oracle = new Map<string, number>();
    const known: string[] = [];
    for (let i = 0; i < 40_000; i++) {
      const again = known.length > 0 && random.next() < 0.5;
      const token = again ? known[random.integer(0, known.length - 1)]! : text();
      if (random.next() < 0.3) expect(table.find(token)).toBe(oracle.get(token) ?? NO_TOKEN);
      if (!oracle.has(token)) {
        oracle.set(token, oracle.size);
        known.push(token);
      }
      expect(table.intern(token)).toBe(oracle.get(token));
    }
    expect(table.size).toBe(oracle.size);
    for (const [token, number] of oracle) expect(table.text(number)).toBe(token);
  });

  it('keeps hexadecimal apart from text that would look like it packed', () => {
    const table = new TokenTable();
    const alike = [
      '0a0b0c0d',
      '0A0B0C0D',
      '\u000a\u000b\u000c\u000d',
      '0a0b0c0',
      '00000000',
      '\u0000'.repeat(4),
    ];
    expect(alike.map((token) => table.intern(token))).toEqual([0, 1, 2, 3, 4, 5]);
    expect(alike.map((token) => table.find(token))).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('has no number for empty and endless tokens', () => {
    const table = new TokenTable();
    expect(table.intern('')).toBe(NO_TOKEN);
    expect(table.intern('a'.repeat(LONGEST_TOKEN + 1))).toBe(NO_TOKEN);
    expect(table.intern('a'.repeat(LONGEST_TOKEN))).toBe(0);
    expect(table.text(NO_TOKEN)).toBe('');
  });

  it('gives the same numbers with and without room made beforehand', () => {
    const [plain, roomy] = [new TokenTable(), new TokenTable()];
    roomy.intern('first');
    roomy.reserve(10_000);
    plain.intern('first');
    for (let i = 0; i < 5000; i++) {
      const token = `${i.toString(16).padStart(32, '0')}`;
      expect(roomy.intern(token)).toBe(plain.intern(token));
    }
    expect(roomy.find('first')).toBe(0);
  });
});
