/** Numbers out of bytes against `Number`: not one bit may differ. */
import { describe, expect, it } from 'vitest';
import { VectorField } from '../../../../shared/readers/tables/fields.ts';
import { scanTable } from '../../../../shared/readers/tables/scanTable.ts';
import { MemorySource } from '../../../support/memoryFolder.ts';
import { seededRandom } from '../../../support/seededRandom.ts';

async function parsed(texts: readonly string[]): Promise<number[]> {
  const field = new VectorField(1);
  const text = `[${texts.map((number) => `{"n":[${number}]}`).join(',\n')}]`;
  const source = new MemorySource(new TextEncoder().encode(text));
  const { problems } = await scanTable(source, 't', { fields: { n: field } });
  expect(problems).toEqual([]);
  return Array.from(field.values.subarray(0, texts.length));
}

function differences(texts: readonly string[], values: readonly number[]): string[] {
  return texts.filter((text, i) => !Object.is(Number(text), values[i]));
}

describe('decimal numbers', () => {
  it('are those of Number for random digits, points and exponents', async () => {
    const random = seededRandom(3);
    const digits = (count: number) => Array.from({ length: count }, () => random.integer(0, 9)).join('');
    const texts = Array.from({ length: 60_000 }, () => {
      const whole = random.next() < 0.4 ? '0' : `${random.integer(1, 9)}${digits(random.integer(0, 12))}`;
      const fraction = random.next() < 0.85 ? `.${digits(random.integer(1, 20))}` : '';
      const exponent = random.next() < 0.1 ? `e${random.integer(-330, 300)}` : '';
      return `${random.next() < 0.5 ? '-' : ''}${whole}${fraction}${exponent}`;
    });
    expect(differences(texts, await parsed(texts))).toEqual([]);
  });

  it('are those of Number for what programs print of doubles', async () => {
    const random = seededRandom(5);
    const texts = Array.from({ length: 60_000 }, () => {
      const value = random.normal() * 10 ** random.integer(-6, 6);
      return random.next() < 0.5 ? String(value) : value.toPrecision(17);
    });
    expect(differences(texts, await parsed(texts))).toEqual([]);
  });

  it('round right where two doubles are equally near, or nearly so', async () => {
    const texts = [
      '9007199254740993',
      '9007199254740993.0',
      '900719925474099.25',
      '0.500000000000000166533453693773481063544750213623046875',
      '1.00000000000000011102230246251565',
      '1.00000000000000033306690738754695',
      '4503599627370496.5',
      '4503599627370497.5',
      '0.000123456789012345678',
      '123456789.123456789',
      '999999999999999999',
      '0.999999999999999999',
      '18014398509481989',
      '-0',
      '-0.0',
      '0.0000000000000000000000',
      '5e-324',
      '1.7976931348623157e308',
    ];
    expect(differences(texts, await parsed(texts))).toEqual([]);
  });

  it('round right around the middle between neighbours', async () => {
    const random = seededRandom(9);
    const texts: string[] = [];
    for (let i = 0; i < 20_000; i++) {
      // Half a unit in the last place above a double below 2^53 ends in .5: write it, and a little to either side.
      const whole = random.integer(2 ** 51, 2 ** 52);
      texts.push(`${whole}.25`, `${whole}.75`, `${whole}.50`, `${whole}.24`, `${whole}.26`);
    }
    expect(differences(texts, await parsed(texts))).toEqual([]);
  });
});
