/** TIME, from the labels: another time of the pictures that would bring cuboids and 2D boxes together. */
import type { CheckSink, Measured } from '../contract.ts';
import type { CheckScene } from '../scene.ts';
import { type CameraVerdict, isSupported } from './cameraVerdicts.ts';

/** Times that differ by less are one, seconds. */
const sameSeconds = 0.008;
/** An error of the clock stands out from what the fit itself may be off by. */
const leastErrors = 3;

/** Where every camera asks for the same time it is the sweep's clock or the poses: told once for all of them. */
export function measureClocks(
  verdicts: readonly CameraVerdict[],
  { scene }: CheckScene,
  sink: CheckSink,
): void {
  const judged = verdicts.filter(({ verdict }) => verdict.fit !== null);
  const late = judged.filter(isLate);
  const [first] = late;
  const isCommon =
    judged.length > 1 &&
    late.length === judged.length &&
    late.every((one) => Math.abs(secondsOf(one) - secondsOf(first!)) <= sameSeconds);
  if (isCommon) {
    sink.measure({ ...measuredOf(first!), says: 'allClocks', explains: { checks: ['PROJ'] } });
    return;
  }
  for (const one of judged) {
    const { camera } = one;
    const explains = { checks: ['PROJ'], camera } as const;
    const measured = isLate(one) ? measuredOf(one) : { ...measuredOf(one), value: 0 };
    sink.measure({ ...measured, camera, says: 'clock', explains });
  }
  function measuredOf(one: CameraVerdict): Measured {
    return {
      ...{ frame: one.frame, value: Math.abs(secondsOf(one)), limitKey: 'clock', owner: 'data' },
      params: {
        ms: Math.round(1000 * secondsOf(one)),
        objects: one.summary?.count ?? 0,
        frames: scene.frameCount,
      },
    };
  }
}

/** What the clock is off by: an offset that is stated, and only not accounted for, is no error of it. */
function secondsOf({ verdict, statedSeconds }: CameraVerdict): number {
  const { seconds } = verdict.fit!;
  return Math.abs(seconds) < Math.abs(seconds - statedSeconds) ? seconds : seconds - statedSeconds;
}

function isLate(one: CameraVerdict): boolean {
  const { suspicion, fit } = one.verdict;
  const isClear = Math.abs(secondsOf(one)) > leastErrors * fit!.secondsError;
  return suspicion.startsWith('sync') && isSupported(one) && isClear;
}
