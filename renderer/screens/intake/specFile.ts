/** QA specs from outside: the default that ships with the product, and JSON files a person chooses. */
import defaultSpec from '../../../assets/qa-spec.default.json';
import { type QaSpec, qaSpecSchema } from '../../../shared/audit/qaSpec.ts';

export const shippedSpec: QaSpec = qaSpecSchema.parse(defaultSpec);

/** One field that does not fit: where it stands in the document, and the parser's reason. */
export interface SpecFault {
  readonly path: string;
  readonly reason: string;
}

export type SpecReading =
  | { readonly ok: true; readonly spec: QaSpec }
  | { readonly ok: false; readonly faults: readonly SpecFault[] };

export function readSpec(text: string): SpecReading {
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    return { ok: false, faults: [{ path: '', reason: error instanceof Error ? error.message : '' }] };
  }
  const parsed = qaSpecSchema.safeParse(json);
  if (parsed.success) return { ok: true, spec: parsed.data };
  return {
    ok: false,
    faults: parsed.error.issues.map((issue) => ({
      path: `/${issue.path.map(String).join('/')}`,
      reason: issue.message,
    })),
  };
}
