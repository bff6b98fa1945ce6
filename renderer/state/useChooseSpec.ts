/** Records which QA spec the lot is judged by, with the hash that the plan will freeze. */
import { useCallback } from 'react';
import { canonicalBytes } from '../../shared/audit/canonicalJson.ts';
import type { QaSpec } from '../../shared/audit/qaSpec.ts';
import type { Problem } from '../../shared/base/problem.ts';
import { useSession } from './context.tsx';

/** The answer is why it may not be recorded, or null. */
export function useChooseSpec(): (spec: QaSpec) => Promise<Problem | null> {
  const record = useSession((state) => state.record);
  return useCallback(
    async (spec) =>
      record({ type: 'spec.chosen', data: { spec, specHash: await sha256Hex(canonicalBytes(spec)) } }),
    [record],
  );
}

async function sha256Hex(bytes: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new Uint8Array(bytes));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
