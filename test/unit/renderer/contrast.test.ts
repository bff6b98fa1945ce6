/** Colours of the interface against the grounds they stand on, by the contrast formula of WCAG 2.2. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseHex } from '../../../renderer/viewport/palette.ts';

const sheet = readFileSync(path.resolve(import.meta.dirname, '../../../renderer/ui/tokens.css'), 'utf8');

/** The tokens in force: rules in their order, the later one over the earlier. */
function tokensOf(theme: 'dark' | 'light', contrast: 'usual' | 'more'): Map<string, string> {
  const applies = (selector: string): boolean =>
    selector.includes(':root') ||
    [...selector.matchAll(/\[data-([a-z-]+)="(\w+)"\]/g)].every(([, name, value]) =>
      name === 'contrast' ? value === contrast : value === theme,
    );
  const tokens = new Map<string, string>();
  for (const [, selectors, body] of sheet.matchAll(/([^{}]+)\{([^{}]*)\}/g)) {
    if (
      !selectors!
        .replace(/\/\*[\s\S]*?\*\//g, '')
        .split(',')
        .some((one) => applies(one.trim()))
    )
      continue;
    for (const [, name, value] of body!.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/g)) tokens.set(name!, value!);
  }
  return tokens;
}

function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

function ratio(a: string, b: string): number {
  const [high, low] = [luminance(a), luminance(b)].toSorted((x, y) => y - x);
  return (high! + 0.05) / (low! + 0.05);
}

const grounds = ['bg', 'bg-raised', 'bg-sunken', 'bg-field', 'bg-hover', 'bg-selected'];
const words = ['text', 'text-dim', 'action', 'accept', 'reject', 'unsure', 'hold'];

describe.each([
  ['dark', 'usual', 4.5, 1.3],
  ['light', 'usual', 4.5, 1.2],
  ['dark', 'more', 7, 3],
  ['light', 'more', 7, 3],
] as const)('%s, %s contrast', (theme, contrast, least, leastLine) => {
  const tokens = tokensOf(theme, contrast);
  const colour = (name: string): string => tokens.get(name)!;

  test('the formula gives the published values', () => {
    expect(ratio('#000000', '#ffffff')).toBeCloseTo(21, 5);
    expect(ratio('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
  });

  test(`every word stands out from every ground by ${least}`, () => {
    const weak = words.flatMap((word) =>
      grounds
        .map((ground) => ({ word, ground, ratio: ratio(colour(word), colour(ground)) }))
        .filter((pair) => pair.ratio < least),
    );
    expect(weak).toEqual([]);
  });

  test('words on filled controls and on the washes of verdicts stand out by 4.5', () => {
    const pairs = [
      ['on-action', 'action-fill'],
      ...['accept', 'reject', 'unsure', 'hold'].flatMap((tone) => [
        [tone, `${tone}-wash`],
        ['text', `${tone}-wash`],
      ]),
    ];
    const weak = pairs.filter(([word, ground]) => ratio(colour(word!), colour(ground!)) < 4.5);
    expect(weak).toEqual([]);
  });

  test('what shows the focus and the selection stands out by 3, lines as far as they carry meaning', () => {
    for (const ground of grounds) {
      for (const mark of ['focus', 'accent']) {
        expect([mark, ground, ratio(colour(mark), colour(ground)) >= 3]).toEqual([mark, ground, true]);
      }
    }
    expect(ratio(colour('line'), colour('bg'))).toBeGreaterThanOrEqual(leastLine);
    expect(ratio(colour('line-strong'), colour('bg'))).toBeGreaterThanOrEqual(contrast === 'more' ? 4.5 : 2);
  });
});

test('a colour of the views is read as it was written and as a minifier shortens it', () => {
  expect(parseHex(' #ffffff')).toEqual([1, 1, 1]);
  expect(parseHex('#fff')).toEqual([1, 1, 1]);
  expect(parseHex('#06f')).toEqual(parseHex('#0066ff'));
  expect(parseHex('white')).toEqual(parseHex('#808080'));
});
