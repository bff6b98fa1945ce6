/** The answer to numbers that no plan, draw or formula can be made of. */
import { failed, type Problem, type Result } from '../base/problem.ts';

export function refused(code: string, params: Problem['params'] = {}): Result<never> {
  return failed({ code, severity: 'error', path: '', params });
}
