/**
 * A file of weights: how much sooner one unit shall be drawn into the targeted queue than another, as a check or a
 * model's disagreement says. JSON or CSV; what it does not name has the weight of all others, which is never zero,
 * so that every unit of the lot keeps a chance.
 */
import type { UnitWeights } from '../audit/targetWeights.ts';
import { z } from '../base/door.ts';
import { done, failed, type Problem, type Result } from '../base/problem.ts';
import { parseCsv } from './csv.ts';

/** Room for a weight on each of half a million labels. */
const mostCharacters = 32 * 1024 * 1024;

const weight = z.number().positive().finite();
const jsonSchema = z.strictObject({
  weights: z.record(z.string(), weight),
  others: weight.optional(),
});

/** In a CSV the row of this unit is about all others. */
const anyOther = '*';

/**
 * JSON `{"weights": {"<unit>": 3.5, …}, "others": 1}`, or CSV with the columns `unit` and `weight`. Where `others` is
 * left out, units without a row get the least weight of the file. Problems: `weights-file-too-large`,
 * `weights-file-unreadable` (place).
 */
export function parseWeightsFile(text: string, source: string): Result<UnitWeights> {
  const unreadable = (place: string): Result<never> =>
    failed(problemAt(source, 'weights-file-unreadable', { place }));
  if (text.length > mostCharacters) return failed(problemAt(source, 'weights-file-too-large', {}));
  if (!/^\uFEFF?\s*\{/.test(text)) return parseCsvWeights(text, unreadable);
  let json: unknown;
  try {
    json = JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text);
  } catch {
    return unreadable('JSON');
  }
  const parsed = jsonSchema.safeParse(json);
  if (!parsed.success) return unreadable(parsed.error.issues[0]!.path.join('.') || 'JSON');
  return completed(new Map(Object.entries(parsed.data.weights)), parsed.data.others, unreadable);
}

function parseCsvWeights(text: string, unreadable: (place: string) => Result<never>): Result<UnitWeights> {
  const [header, ...rows] = parseCsv(text);
  const names = (header?.cells ?? []).map((cell) => cell.trim().toLowerCase());
  const [unitAt, weightAt] = [names.indexOf('unit'), names.indexOf('weight')];
  if (unitAt < 0 || weightAt < 0) return unreadable('unit, weight');
  const byUnit = new Map<string, number>();
  let others: number | undefined;
  for (const { line, cells } of rows) {
    const unit = cells[unitAt] ?? '';
    const written = (cells[weightAt] ?? '').trim();
    const parsed = weight.safeParse(written === '' ? Number.NaN : Number(written));
    if (unit === '' || byUnit.has(unit) || !parsed.success) return unreadable(String(line));
    if (unit === anyOther) others = parsed.data;
    else byUnit.set(unit, parsed.data);
  }
  return completed(byUnit, others, unreadable);
}

function completed(
  byUnit: ReadonlyMap<string, number>,
  others: number | undefined,
  unreadable: (place: string) => Result<never>,
): Result<UnitWeights> {
  if (byUnit.size === 0) return unreadable('weights');
  let least = Number.POSITIVE_INFINITY;
  for (const value of byUnit.values()) least = Math.min(least, value);
  return done({ byUnit, others: others ?? least });
}

function problemAt(path: string, code: string, params: Problem['params']): Problem {
  return { code, severity: 'error', path, ...(params ? { params } : {}) };
}
