/** A rule's answer: why something may not be recorded, as a problem that belongs to no file. */
import type { Problem } from '../base/problem.ts';

export function refusal(code: string, params: Readonly<Record<string, string | number>> = {}): Problem {
  return { code, severity: 'error', path: '', params };
}

/** The first rule that refuses, asked in order; later rules may lean on what earlier ones made sure of. */
export function firstRefusal(...rules: readonly (() => Problem | null | false)[]): Problem | null {
  for (const rule of rules) {
    const problem = rule();
    if (problem) return problem;
  }
  return null;
}

export function isBlank(text: string): boolean {
  return text.trim() === '';
}
