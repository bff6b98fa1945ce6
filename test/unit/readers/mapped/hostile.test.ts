/** Mappings and files made to do harm: each costs little and touches nothing but itself. */
import { describe, expect, it } from 'vitest';
import { csvLines, separatorOf } from '../../../../shared/readers/mapped/csvLines.ts';
import { filePattern } from '../../../../shared/readers/mapped/filePattern.ts';
import { lookOverMapping } from '../../../../shared/readers/mapped/lookOver.ts';
import { readMapping } from '../../../../shared/readers/mapped/mappingDocument.ts';
import { valueIn } from '../../../../shared/readers/mapped/valuePath.ts';
import { openDelivery } from '../../../../shared/readers/openDelivery.ts';
import { memoryFolder } from '../../../support/memoryFolder.ts';
import { seededRandom } from '../../../support/seededRandom.ts';

/** The same language as a regular expression: slow and plain. */
function oracle(pattern: string, path: string): boolean {
  const source = pattern
    .replaceAll(/[.+?^$()|[\]\\]/g, '\\$&')
    .replaceAll(/(^|\/)\*\*\//g, '$1(?:[^/]*/)*')
    .replaceAll(/(?<!\))\*/g, '[^/]*')
    .replaceAll(/\{(?:frame|scene|camera)\}/g, '[^/]+');
  return new RegExp(`^${source}$`).test(path);
}

describe('patterns', () => {
  it('match what they say', () => {
    const random = seededRandom(11);
    const pick = <Item>(items: readonly Item[]): Item => items[random.integer(0, items.length - 1)]!;
    for (let round = 0; round < 4000; round++) {
      const pattern = Array.from({ length: random.integer(1, 5) }, () =>
        pick(['a', 'b', '/', '*', '{frame}', '{scene}', '.']),
      ).join('');
      const path = Array.from({ length: random.integer(0, 6) }, () => pick(['a', 'b', '/', '.'])).join('');
      const match = filePattern(pattern).match(path);
      expect(match !== null, `${pattern} ${path}`).toBe(oracle(pattern, path) && !isUnequal(pattern, path));
    }
  });

  /** A name that stands twice must match equally, which the oracle does not know: such patterns are left to the next test. */
  function isUnequal(pattern: string, path: string): boolean {
    const isTwice = ['{frame}', '{scene}'].some((name) => pattern.split(name).length > 2);
    return isTwice && filePattern(pattern).match(path) === null;
  }

  it('give the parts by name, equal where a name stands twice', () => {
    const { match } = filePattern('**/{scene}/{camera}_{frame}.jpg');
    expect(match('x/y/night/front_0001.jpg')).toEqual({ scene: 'night', camera: 'front', frame: '0001' });
    expect(filePattern('{frame}/{frame}.bin').match('7/7.bin')).toEqual({ frame: '7' });
    expect(filePattern('{frame}/{frame}.bin').match('7/8.bin')).toBeNull();
  });

  it('cost no more than their length times the path’s', () => {
    const { match } = filePattern(`${'*a'.repeat(140)}*b`);
    const path = 'a'.repeat(1000);
    for (let file = 0; file < 20; file++) expect(match(path)).toBeNull();
    expect(filePattern(`${'**/'.repeat(90)}x`).match('a/'.repeat(500))).toBeNull();
    expect(match('a'.repeat(1_000_000))).toBeNull();
  });

  it('never leave the folder: only listed files are matched', async () => {
    const mapping = JSON.stringify({
      assayMapping: 1,
      labels: { files: ['../secret.json', '/etc/passwd', 'C:\\*'] },
      fields: { center: { x: 'x', y: 'x', z: 'x' }, size: { length: 'x', width: 'x', height: 'x' } },
    });
    const opened = await openDelivery(memoryFolder({ 'a.json': '[]' }), { mapping });
    expect(opened.ok && opened.value.problems.map(({ code }) => code)).toEqual(['mapped-no-label-files']);
  });
});

describe('ways to values', () => {
  it.each(['__proto__', 'constructor', 'a.__proto__', 'a.constructor.name', 'toString', 'a.length', '^.^.^'])(
    '%s finds nothing that the file does not say',
    (way) => {
      expect(valueIn({ a: {} }, way)).toBeUndefined();
    },
  );

  it('keep columns and keys with such names as what they are', async () => {
    const mapping = JSON.stringify({
      assayMapping: 1,
      labels: { files: ['a.csv'], format: 'csv' },
      fields: {
        class: '__proto__',
        frame: 'constructor',
        center: { x: 'x', y: 'x', z: 'x' },
        size: { length: 'x', width: 'x', height: 'x' },
        attributes: { toString: 'hasOwnProperty' },
      },
      classes: { constructor: 'x' },
    });
    const csv = '__proto__,constructor,hasOwnProperty,x\ncar,7,yes,1\n';
    const opened = await openDelivery(memoryFolder({ 'a.csv': csv }), { mapping });
    if (!opened.ok) throw new Error(opened.problem.code);
    expect(opened.value.labels.classes).toEqual(['car']);
    expect(opened.value.delivery.frameIds).toEqual(['7']);
    expect(Object.hasOwn(opened.value.labels.attributeSets[1]!, 'toString')).toBe(true);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});

describe('mappings', () => {
  it.each([
    ['nothing', ''],
    ['no JSON', '{'],
    ['a list', '[]'],
    ['another version', '{"assayMapping": 2}'],
    ['a huge text', `"${'a'.repeat(1_000_001)}"`],
    ['a long pattern', JSON.stringify({ assayMapping: 1, labels: { files: ['*'.repeat(301)] } })],
    ['a pattern of stars', JSON.stringify({ assayMapping: 1, labels: { files: ['*a'.repeat(40)] } })],
    ['a thousand patterns', JSON.stringify({ assayMapping: 1, labels: { files: Array(1000).fill('*') } })],
    ['a matrix of text', JSON.stringify({ assayMapping: 1, spaceFromLabels: Array(16).fill('1') })],
  ])('refuse %s with a problem', async (_, text) => {
    const reading = readMapping(text);
    expect(reading.ok).toBe(false);
    expect(reading.problems.length).toBeGreaterThan(0);
    const opened = await openDelivery(memoryFolder({ 'a.json': '[]' }), { mapping: text });
    expect(opened.ok && opened.value.delivery.frames.length).toBe(0);
  });

  it('tell of matrices that mirror and of headings that look up', async () => {
    const mapping = JSON.stringify({
      assayMapping: 1,
      labels: { files: ['a.json'] },
      fields: {
        center: { x: 'x', y: 'x', z: 'x' },
        size: { length: 'x', width: 'x', height: 'x' },
        rotation: { zero: '+z' },
      },
      spaceFromLabels: [1, 0, 0, 0, 0, -1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1],
    });
    const opened = await openDelivery(memoryFolder({ 'a.json': '[{"x": 1}]' }), { mapping });
    const places = opened.ok ? opened.value.problems.map(({ place }) => place) : [];
    expect(places).toEqual(expect.arrayContaining(['/fields/rotation/zero', '/spaceFromLabels']));
  });
});

describe('proposals', () => {
  it('give up on documents that branch without end', async () => {
    let document: unknown = 1;
    for (let depth = 0; depth < 8; depth++) {
      const inner = document;
      document = Object.fromEntries(Array.from({ length: 6 }, (_, key) => [`k${key}`, inner]));
    }
    const look = await lookOverMapping(memoryFolder({ 'a.json': JSON.stringify([document]) }), null);
    expect(JSON.parse(look.mapping)).toMatchObject({ assayMapping: 1 });
  });
});

describe('CSV', () => {
  it('comes back as it was written, whatever is in its cells', () => {
    const random = seededRandom(5);
    const signs = ['a', '"', ',', ';', '\n', '\r\n', '中', 'x y'];
    for (let round = 0; round < 500; round++) {
      const cells = Array.from(
        { length: random.integer(1, 5) },
        () =>
          `k${Array.from({ length: random.integer(0, 4) }, () => signs[random.integer(0, signs.length - 1)]).join('')}e`,
      );
      const text = cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',');
      expect([...csvLines(`${text}\r\n`, ',')].map((line) => line.cells)).toEqual([cells]);
    }
  });

  it('ends where a quote never does', () => {
    expect([...csvLines('a,"b\nc,d', ',')].map(({ cells }) => cells)).toEqual([['a', 'b\nc,d']]);
    expect(separatorOf('"a,b,c";d\n1,2,3,4')).toBe(';');
  });
});
