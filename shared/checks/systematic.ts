/**
 * An error of calibration, time or ego pose shows in many objects at once. It is told once, where the data's owner can
 * mend it; what it explains is counted there and not listed as errors of single labels.
 */
import type { CheckFinding } from './finding.ts';
import type { MadeFinding } from './sink.ts';

export interface Routed {
  readonly findings: readonly CheckFinding[];
  /** By check: findings that a systematic one explains. */
  readonly explained: ReadonlyMap<string, number>;
}

type Stretch = readonly [first: number, last: number];

export function routeSystematic(made: readonly MadeFinding[]): Routed {
  const causes = made.filter(({ explains }) => explains !== undefined);
  const counts = causes.map(() => 0);
  const explained = new Map<string, number>();
  const left = made.filter((one) => {
    const at = causes.findIndex((cause) => cause !== one && isExplained(one, cause));
    if (at < 0) return true;
    counts[at]!++;
    explained.set(one.finding.check, (explained.get(one.finding.check) ?? 0) + 1);
    return false;
  });
  const countOf = new Map(causes.map((cause, at) => [cause, counts[at]!]));
  const findings = left.map((one) => ({ ...one.finding, explained: countOf.get(one) ?? 0 }));
  return { findings, explained };
}

function isExplained({ finding, span, camera, explains }: MadeFinding, cause: MadeFinding): boolean {
  const by = cause.explains;
  // One cause does not swallow another: each has its own owner and its own remedy.
  if (!by || explains) return false;
  if (by.camera !== undefined && camera !== by.camera) return false;
  if (by.anywhere?.includes(finding.check)) return true;
  if (!by.checks.includes(finding.check)) return false;
  return by.frames === undefined || meets(span, stretchOf(cause, by.frames));
}

/** A cause that goes on explains what lies anywhere along it, though it is told where it is worst. */
function stretchOf({ span }: MadeFinding, [first, last]: Stretch): Stretch {
  return [Math.min(first, span[0]), Math.max(last, span[1])];
}

function meets(a: Stretch, b: Stretch): boolean {
  return a[1] >= b[0] && a[0] <= b[1];
}
