import { describe, expect, test } from 'vitest';
import { layTimeline } from '../../../renderer/screens/switching/timeline.ts';
import { effectSentence, rowLine } from '../../../renderer/screens/switching/words.ts';
import type { LedgerDraft } from '../../../shared/audit/ledgerEvents.ts';
import { foldLedger } from '../../../shared/audit/ledgerFold.ts';
import { ledgerEffects, type SeriesState } from '../../../shared/audit/ledgerState.ts';
import { languages } from '../../../shared/messages/index.ts';
import { translator } from '../../../shared/messages/translate.ts';
import { madeLedger, madeLot, major } from '../../support/ledgerFixture.ts';

const say = translator('en');
const series = (drafts: readonly LedgerDraft[]): SeriesState => foldLedger(madeLedger(drafts))!.series[0]!;
const lots = (defects: readonly number[]): LedgerDraft[] =>
  defects.map((count, at) => madeLot({ audit: `${at + 1}`, defects: count }));

describe('the timeline', () => {
  const state = series([
    ...lots([1, 9, 0, 9]),
    madeLot({ audit: 'again', submission: 2 }),
    madeLot({ audit: 'held', disposition: 'hold' }),
    { type: 'state.set', data: { series: major, state: 'normal', reason: 'agreed' } },
    madeLot({ audit: 'other', plan: { aql: '1.0', acceptanceNumber: 1, rejectionNumber: 2 } }),
  ]);
  const timeline = layTimeline(state, 800);

  test('has a mark for every entry, in order, by what became of it', () => {
    expect(timeline.marks.map(({ shape, isHollow }) => (isHollow ? `(${shape})` : shape))).toEqual([
      'accepted',
      'not-accepted',
      'accepted',
      'not-accepted',
      '(accepted)',
      'waiting',
      'step',
      'accepted',
    ]);
    const xs = timeline.marks.map(({ x }) => x);
    expect(xs).toEqual(xs.toSorted((a, b) => a - b));
  });

  test('bands join, cover everything and end with the state of the next lot', () => {
    const { bands, width } = timeline;
    expect(bands.map((band) => band.state)).toEqual(['normal', 'tightened', 'normal']);
    expect(bands[0]!.from).toBe(0);
    expect(bands.at(-1)!.to).toBe(width);
    for (const [at, band] of bands.entries()) if (at > 0) expect(band.from).toBe(bands[at - 1]!.to);
  });

  test('the score is drawn on normal inspection and begins anew with a sequence', () => {
    expect(timeline.scores.map((run) => run.map(({ score }) => score))).toEqual([[0, 3, 0, 3], [0], [0, 2]]);
    expect(timeline.sequences).toHaveLength(1);
    expect(timeline.moves).toHaveLength(2);
  });

  test('two hundred lots keep a mark each, wide enough to be hit', () => {
    const long = layTimeline(series(lots(Array(200).fill(0))), 800);
    expect(long.marks).toHaveLength(200);
    expect(long.step).toBeGreaterThanOrEqual(14);
    expect(long.width).toBeGreaterThan(2800);
  });
});

describe('the words', () => {
  test('every effect has its sentence in both languages', () => {
    for (const language of languages) {
      const tell = translator(language);
      for (const effect of ledgerEffects) {
        const key = `switching.effects.${effect}`;
        expect(tell(key, { lots: 'a', needed: 30, inspection: 'b', due: 'c' })).not.toBe(key);
      }
    }
  });

  test('name the lots that brought the move about, and no others', () => {
    const { rows } = series(lots([9, 0, 0, 0, 0, 9, 0, 9]));
    expect(effectSentence(rows[7]!, rows, say)).toBe(
      'Two of five consecutive lots or fewer were not accepted: Batch 6, Batch 8.',
    );
    expect(rowLine(rows[0]!, rows, say)).toContain('Batch 1 · not accepted · stays normal');
  });

  test('count from where the present state began', () => {
    const tightened = { inspection: 'tightened', acceptanceNumber: 1, rejectionNumber: 2 } as const;
    const { rows } = series([
      ...lots([9, 9]),
      ...Array.from({ length: 5 }, (_, at) => madeLot({ audit: `t${at}`, plan: tightened })),
    ]);
    expect(effectSentence(rows[6]!, rows, say)).toContain(
      'Batch t0, Batch t1, Batch t2, Batch t3, Batch t4.',
    );
  });
});
