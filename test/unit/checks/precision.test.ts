/** What answers teach of a check, and in which order its findings are looked at then. */
import { describe, expect, test } from 'vitest';
import { type CheckAnswer, learnedPrecision, precisionOf } from '../../../shared/checks/precision.ts';
import { ranked, rankOf } from '../../../shared/checks/ranking.ts';

const versions = new Map([
  ['SIZE', 2],
  ['SPEED', 1],
] as const);
const answers = (
  check: CheckAnswer['check'],
  version: number,
  ...given: CheckAnswer['answer'][]
): CheckAnswer[] => given.map((answer) => ({ check, version, answer }));

describe('learned precision', () => {
  test('begins at the mean of Beta(4, 1), and every answer moves it as Bayes has it', () => {
    expect(precisionOf(0, 0).estimate).toBeCloseTo(0.8, 12);
    expect(precisionOf(1, 1).estimate).toBeCloseTo(5 / 6, 12);
    expect(precisionOf(0, 5).estimate).toBeCloseTo(0.4, 12);
    expect(precisionOf(95, 100).estimate).toBeCloseTo(99 / 105, 12);
  });

  test('counts what was dismissed and what is normal alike, and no answer to another version', () => {
    const learned = learnedPrecision(
      [
        ...answers('SIZE', 2, 'defect', 'dismissed', 'normal'),
        ...answers('SIZE', 1, 'dismissed', 'dismissed'),
        ...answers('GAP', 1, 'defect'),
      ],
      versions,
    );
    expect([...learned]).toEqual([['SIZE', { defects: 1, answers: 3, estimate: 5 / 8 }]]);
  });

  test('lies strictly between never and always, and rises with each defect', () => {
    for (let all = 0; all < 40; all++) {
      for (let defects = 0; defects <= all; defects++) {
        const { estimate } = precisionOf(defects, all);
        expect(estimate > 0 && estimate < 1).toBe(true);
        if (defects > 0) expect(estimate).toBeGreaterThan(precisionOf(defects - 1, all).estimate);
      }
    }
  });
});

describe('ranking', () => {
  const finding = (id: string, check: CheckAnswer['check'], score: number, frames = 1) => ({
    ...{ id, check, score, frames },
  });

  test('a check that cries wolf sinks below a surer one', () => {
    const findings = [finding('a', 'SIZE', 0.9), finding('b', 'SPEED', 0.7)];
    expect(ranked(findings, new Map()).map(({ id }) => id)).toEqual(['a', 'b']);
    const wolf = learnedPrecision(answers('SIZE', 2, ...new Array(6).fill('dismissed')), versions);
    expect(rankOf(findings[0]!, wolf.get('SIZE'))).toBeCloseTo(0.9 * (4 / 11), 12);
    expect(ranked(findings, wolf).map(({ id }) => id)).toEqual(['b', 'a']);
  });

  test('of equals what lasts longer comes first, then what was found first', () => {
    const findings = [finding('a', 'SIZE', 0.5), finding('b', 'SIZE', 0.5, 4), finding('c', 'SIZE', 0.5)];
    expect(ranked(findings, new Map()).map(({ id }) => id)).toEqual(['b', 'a', 'c']);
    expect(findings.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  });
});
