/** How the checks are set anew: an exception more or less, a limit wider or as it was shipped. Pure. */
import { canonicalJson } from '../../../shared/audit/canonicalJson.ts';
import type { CheckId } from '../../../shared/checks/checkIds.ts';
import type { Check, LimitPair } from '../../../shared/checks/contract.ts';
import type { CheckFinding } from '../../../shared/checks/finding.ts';
import { graded } from '../../../shared/checks/grade.ts';
import {
  type CheckException,
  type CheckSettings,
  isExcepted,
  limitsInForce,
} from '../../../shared/checks/settings.ts';

export function withException(settings: CheckSettings, exception: CheckException): CheckSettings {
  return { ...settings, exceptions: [...settings.exceptions, exception] };
}

export function withoutException(settings: CheckSettings, at: number): CheckSettings {
  return { ...settings, exceptions: settings.exceptions.toSpliced(at, 1) };
}

/** Null puts the shipped limits back in force. */
export function withLimits(
  settings: CheckSettings,
  check: CheckId,
  key: string,
  pair: LimitPair | null,
): CheckSettings {
  const { [key]: _before, ...others } = settings.limits[check] ?? {};
  const ofCheck = pair === null ? others : { ...others, [key]: { ...pair } };
  const { [check]: _all, ...limits } = settings.limits;
  return {
    ...settings,
    limits: Object.keys(ofCheck).length === 0 ? limits : { ...limits, [check]: ofCheck },
  };
}

export function withCheckOff(settings: CheckSettings, check: CheckId, isOff: boolean): CheckSettings {
  const rest = settings.off.filter((id) => id !== check);
  return { ...settings, off: isOff ? [...rest, check] : rest };
}

/**
 * The limits of a finding's key, moved so far that its value lies within them. Null where its limit is none of the
 * check's own: it depends on the object, and no other limit would change it.
 */
export function widened(
  check: Check,
  settings: CheckSettings,
  { limitKey, value, limit }: Pick<CheckFinding, 'limitKey' | 'value' | 'limit'>,
): LimitPair | null {
  const { soft, hard } = limitsInForce(check, settings, limitKey);
  if (limit !== soft && limit !== hard) return null;
  const moved = roundedOut(value, check.quantity.wrong);
  const wider = (own: number | null): number | null =>
    own === null ? null : check.quantity.wrong === 'above' ? Math.max(own, moved) : Math.min(own, moved);
  return { soft: wider(soft), hard: wider(hard) };
}

/** To three digits, away from what is right, so that the value itself is within. */
function roundedOut(value: number, wrong: 'above' | 'below'): number {
  if (value === 0 || !Number.isFinite(value)) return value;
  const step = 10 ** (Math.floor(Math.log10(Math.abs(value))) - 2);
  const steps = wrong === 'above' ? Math.ceil(value / step) : Math.floor(value / step);
  return Number((steps * step).toPrecision(3));
}

/** Whether a finding would still be one: what was taught or widened since the run takes it away at once. */
export function stillFound(
  finding: CheckFinding,
  check: Check | null,
  ran: CheckSettings,
  now: CheckSettings,
): boolean {
  if (now === ran) return true;
  if (now.off.includes(finding.check) || isExcepted(now, finding)) return false;
  if (check === null) return true;
  const before = limitsInForce(check, ran, finding.limitKey);
  // Limits that depend on the object are none of the check's own.
  if (finding.limit !== before.soft && finding.limit !== before.hard) return true;
  return graded(finding.value, limitsInForce(check, now, finding.limitKey), check.quantity.wrong) !== null;
}

export function isSameSettings(a: CheckSettings, b: CheckSettings): boolean {
  return a === b || canonicalJson(a) === canonicalJson(b);
}
