/** Charts: marks stand where the numbers say, text is escaped, and nothing needs a style attribute. */
import { describe, expect, test } from 'vitest';
import { barChart } from '../../../shared/report/charts/barChart.ts';
import { paperPalette, scale, textWidth, ticksTo } from '../../../shared/report/charts/frame.ts';
import { histogramChart } from '../../../shared/report/charts/histogram.ts';
import { intervalChart } from '../../../shared/report/charts/intervalChart.ts';
import { type ChartNode, node, serialiseChart } from '../../../shared/report/charts/node.ts';
import { ocCurveChart } from '../../../shared/report/charts/ocCurve.ts';
import { percent, quantityText } from '../../../shared/report/quantities.ts';

function all(root: ChartNode, tag: string): ChartNode[] {
  const children = root.children.filter((child): child is ChartNode => typeof child !== 'string');
  return [...(root.tag === tag ? [root] : []), ...children.flatMap((child) => all(child, tag))];
}

function texts(root: ChartNode): string[] {
  return all(root, 'text').map(({ children }) => children.join(''));
}

describe('drawing', () => {
  test('ticks are round, begin at zero and reach the last value', () => {
    expect(ticksTo(4.3)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(ticksTo(0.07)).toEqual([0, 0.02, 0.04, 0.06, 0.08]);
    expect(ticksTo(100)).toEqual([0, 20, 40, 60, 80, 100]);
    expect(ticksTo(36, 4)).toEqual([0, 10, 20, 30, 40]);
  });

  test('full-width text is counted wider', () => {
    expect(textWidth('严重')).toBe(24);
    expect(textWidth('ab')).toBeLessThan(textWidth('严'.repeat(2)));
  });

  test('text and attributes are escaped', () => {
    expect(serialiseChart(node('text', { 'aria-label': '"<&' }, '<b>'))).toBe(
      '<text aria-label="&quot;&lt;&amp;">&lt;b&gt;</text>',
    );
    expect(serialiseChart(node('rect', { x: 1 / 3 }))).toBe('<rect x="0.33"/>');
  });
});

describe('charts', () => {
  const oc = ocCurveChart({
    title: 'major',
    xLabel: 'x',
    yLabel: 'y',
    curve: [0, 0.05, 0.1, 0.2].map((p, at) => ({ p, pa: [1, 0.5, 0.1, 0.001][at]! })),
    lot: [{ p: 0.05, pa: 0.52 }],
    producer: { p: 0.015, pa: 0.9, text: 'producer' },
    consumer: { p: 0.1, pa: 0.1, text: 'consumer' },
    width: 430,
    height: 270,
    palette: paperPalette,
  });

  test('the OC curve marks both risks and the lot where they are', () => {
    const x = scale(0, 20, 44, 418);
    const y = scale(0, 100, 230, 56);
    const circles = all(oc, 'circle').map(({ attributes }) => [attributes.cx, attributes.cy]);
    expect(circles).toEqual([
      [x(5), y(52)],
      [x(1.5), y(90)],
      [x(10), y(10)],
    ]);
    expect(texts(oc)).toEqual(expect.arrayContaining(['major', 'producer', 'consumer', '20']));
  });

  test('a whisker runs from limit to limit; nothing found has no dot', () => {
    const chart = intervalChart({
      title: 't',
      axisLabel: 'a',
      rows: [
        { label: 'one', text: '5', found: 0.1, lower: 0.05, upper: 0.2, limit: 0.15 },
        { label: 'two', text: '0', found: null, lower: 0, upper: 0.1, limit: null },
      ],
      width: 600,
      palette: paperPalette,
    });
    expect(all(chart, 'circle')).toHaveLength(1);
    const dot = all(chart, 'circle')[0]!.attributes.cx as number;
    const [whisker] = all(chart, 'path').map(({ attributes }) => String(attributes.d));
    const [from, to] = [Number(/^M([\d.]+) /.exec(whisker!)![1]), Number(/H([\d.]+)M/.exec(whisker!)![1])];
    expect((dot - from) / (to - from)).toBeCloseTo(1 / 3, 6);
  });

  test('faint rows do not stretch the axis: they end in an arrow, and all is held against one line', () => {
    const firm = { text: '', limit: null, found: 0.04, lower: 0.02, upper: 0.08 };
    const rows = [
      { ...firm, label: 'many', apart: 'above' as const },
      { ...firm, label: 'more', found: 0.03 },
      { label: 'few', text: '', limit: null, found: null, lower: 0, upper: 0.95, isFaint: true },
    ];
    const reference = { share: 0.03, lower: 0.02, upper: 0.05, text: 'all units' };
    const drawn = { title: 't', axisLabel: 'a', rows, width: 700, palette: paperPalette };
    const chart = intervalChart({ ...drawn, reference });
    const ticks = texts(chart)
      .map(Number)
      .filter((value) => value > 0);
    expect(Math.max(...ticks)).toBeLessThan(20);
    const ends = all(chart, 'path').map(({ attributes }) => String(attributes.d));
    expect(ends.filter((d) => /M[\d.]+ [\d.]+L/.test(d) && !d.endsWith('Z'))).toHaveLength(1);
    // One triangle, beside the row that lies apart; its dot stands right of the line of all units.
    expect(ends.filter((d) => d.endsWith('Z'))).toHaveLength(1);
    const upright = all(chart, 'line').find(({ attributes }) => attributes['stroke-dasharray'] === '4 3')!;
    const dots = all(chart, 'circle').map(({ attributes }) => attributes.cx as number);
    expect(dots[0]).toBeGreaterThan(upright.attributes.x1 as number);
    expect(dots[1]).toBeCloseTo(upright.attributes.x1 as number, 9);
    // Where most rows rest on few units these are what there is to see.
    const thin = intervalChart({ ...drawn, rows: rows.map((row) => ({ ...row, isFaint: true })) });
    expect(
      Math.max(
        ...texts(thin)
          .map(Number)
          .filter((value) => value > 0),
      ),
    ).toBeGreaterThanOrEqual(95);
  });

  test('a lot that was judged whole and is faultless still has an axis', () => {
    const row = { label: 'all', text: 'none', found: null, lower: 0, upper: 0, limit: null };
    const chart = intervalChart({
      title: 't',
      axisLabel: 'a',
      rows: [row],
      width: 600,
      palette: paperPalette,
    });
    expect(JSON.stringify(chart)).not.toMatch(/NaN|null/);
    expect(texts(chart)).toContain('1');
  });

  test('bars are as long as their counts and carry a legend where there are kinds', () => {
    const row = (label: string, ...values: number[]) => ({
      label,
      parts: values.map((value, at) => ({ value, fill: '#000', name: ['major', 'minor'][at]! })),
    });
    const chart = barChart({
      title: 't',
      rows: [row('a', 4, 2), row('b', 3, 0)],
      width: 430,
      palette: paperPalette,
    });
    const [major, minor, single] = all(chart, 'rect').map(({ attributes }) => Number(attributes.width) + 1);
    expect(major! / minor!).toBeCloseTo(2, 9);
    expect(single! / major!).toBeCloseTo(0.75, 9);
    expect(texts(chart)).toEqual(expect.arrayContaining(['6', '3', 'major', 'minor']));
  });

  test('a histogram stands on its edges', () => {
    const chart = histogramChart({
      title: 't',
      xLabel: 'm',
      edges: [0, 1, 2],
      counts: [2, 4],
      limits: [{ value: 1, text: 'limit' }],
      width: 300,
      height: 200,
      palette: paperPalette,
    });
    const heights = all(chart, 'rect').map(({ attributes }) => Number(attributes.height));
    expect(heights[1]! / heights[0]!).toBeCloseTo(2, 9);
  });

  test('no style attribute anywhere', () => {
    expect(serialiseChart(oc)).not.toContain('style=');
    expect(serialiseChart(oc)).toContain('role="img" aria-label="major"');
  });
});

describe('quantities', () => {
  test.each([
    [0.037, '3.7 %'],
    [0.1, '10 %'],
    [0.14497, '14.5 %'],
    [1, '100 %'],
    [0.9999, '> 99.9 %'],
    [0.00043, '0.043 %'],
    [0.0000001, '< 0.001 %'],
    [0, '< 0.001 %'],
  ])('a share of %f is %s', (share, text) => {
    expect(percent(share)).toBe(text);
  });

  test('values carry their unit', () => {
    expect(quantityText(0.618, 'm')).toBe('0.62 m');
    expect(quantityText(Math.PI / 36, 'rad')).toBe('5.0°');
    expect(quantityText(3.4, 'px')).toBe('3 px');
    expect(quantityText(12, 'count')).toBe('12');
  });
});
