/** Findings that several threads make, put back in the order of the delivery's scenes as they come. */
import type { CheckFinding } from '../../../shared/checks/finding.ts';

export interface OrderedFindings {
  add(findings: readonly CheckFinding[]): void;
  /** What follows on what was taken before: all of scenes before which nothing is missing. */
  take(): CheckFinding[];
}

/**
 * @param scenes ids of the scenes, in order
 * @param findingsOf how many findings the scene at a position has; null while it is not done
 */
export function orderedFindings(
  scenes: readonly string[],
  findingsOf: (scene: number) => number | null,
): OrderedFindings {
  const arrived = new Map<string, CheckFinding[]>();
  let next = 0;

  /** Null while any of them is still under way. */
  function ofNext(): CheckFinding[] | null {
    if (next === scenes.length) return null;
    const expected = findingsOf(next);
    const here = arrived.get(scenes[next]!) ?? [];
    return expected === null || here.length < expected ? null : here.splice(0, expected);
  }

  return {
    add(findings) {
      for (const finding of findings) {
        const known = arrived.get(finding.scene);
        if (known) known.push(finding);
        else arrived.set(finding.scene, [finding]);
      }
    },
    take() {
      const taken: CheckFinding[] = [];
      for (let whole = ofNext(); whole !== null; whole = ofNext()) {
        for (const finding of whole) taken.push(finding);
        arrived.delete(scenes[next++]!);
      }
      return taken;
    },
  };
}
