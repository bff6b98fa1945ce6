import { describe, expect, it } from 'vitest';
import { assignLeastCost } from '../../../shared/scoring/assignment.ts';
import { seededRandom } from '../../support/seededRandom.ts';

/** Least sum over all ways to give the shorter side partners. */
function bruteForce(cost: readonly number[], rows: number, columns: number): number {
  const at = (row: number, column: number) => cost[row * columns + column]!;
  const place = (row: number, free: readonly number[], left: number): number => {
    if (row === rows) return 0;
    const tries = free.map(
      (column) =>
        at(row, column) +
        place(
          row + 1,
          free.filter((other) => other !== column),
          left,
        ),
    );
    // With more rows than columns, some rows stay alone.
    if (left > 0) tries.push(placeAlone(row, free, left));
    return Math.min(...tries);
  };
  const placeAlone = (row: number, free: readonly number[], left: number): number =>
    place(row + 1, free, left - 1);
  return place(
    0,
    Array.from({ length: columns }, (_, k) => k),
    Math.max(0, rows - columns),
  );
}

describe('least-cost assignment', () => {
  it('equals trying everything', () => {
    const random = seededRandom(71);
    for (let round = 0; round < 400; round++) {
      const [rows, columns] = [random.integer(1, 6), random.integer(1, 6)];
      const cost = Array.from({ length: rows * columns }, () =>
        round % 3 === 0 ? random.integer(-3, 3) : random.normal(),
      );
      const columnOf = assignLeastCost(cost, rows, columns);
      const used = [...columnOf].filter((column) => column !== -1);
      expect(used.length).toBe(Math.min(rows, columns));
      expect(new Set(used).size).toBe(used.length);
      const sum = [...columnOf].reduce(
        (total, column, row) => total + (column === -1 ? 0 : cost[row * columns + column]!),
        0,
      );
      expect(sum).toBeCloseTo(bruteForce(cost, rows, columns), 9);
    }
  });

  it('has nothing to say about empty sides', () => {
    expect([...assignLeastCost([], 0, 3)]).toEqual([]);
    expect([...assignLeastCost([], 2, 0)]).toEqual([-1, -1]);
  });
});
