/** Collects problems while reading. Each is listed, up to a bound per code, so that a hostile file cannot fill memory. */
import type { Problem } from '../base/problem.ts';

const LIMIT_PER_CODE = 1000;

export class ProblemList {
  readonly #problems: Problem[] = [];
  readonly #counts = new Map<string, number>();

  add(problem: Problem): void {
    const count = (this.#counts.get(problem.code) ?? 0) + 1;
    this.#counts.set(problem.code, count);
    if (count <= LIMIT_PER_CODE) this.#problems.push(problem);
  }

  addAll(problems: Iterable<Problem>): void {
    for (const problem of problems) this.add(problem);
  }

  has(code: string): boolean {
    return this.#counts.has(code);
  }

  /** All problems in the order they were met; what went beyond the bound is told as one number per code. */
  toArray(): Problem[] {
    const omitted: Problem[] = [];
    for (const [code, count] of this.#counts) {
      if (count <= LIMIT_PER_CODE) continue;
      const params = { code, count: count - LIMIT_PER_CODE };
      omitted.push({ code: 'problems-omitted', severity: 'info', path: '', params });
    }
    return [...this.#problems, ...omitted];
  }
}
