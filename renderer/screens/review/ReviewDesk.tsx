/** The desk: the strip of the sample, the label in all its views, its track below, facts and verdict at the side. */
import { useEffect, useMemo, useRef } from 'react';
import type { SpecDefect, UnitKind } from '../../../shared/audit/qaSpec.ts';
import { useSession } from '../../state/context.tsx';
import { selecting } from '../../viewport/pointing.ts';
import { useEngine, usePointAs } from '../../viewport/react/engineContext.tsx';
import { useViewOptions } from '../../viewport/react/useViewOptions.ts';
import type { ShownGap } from '../../viewport/shown.ts';
import { GroupPanel } from './bulk/GroupPanel.tsx';
import { SimilarGrid } from './bulk/SimilarGrid.tsx';
import { useBulk } from './bulk/useBulk.ts';
import { CodePicker } from './CodePicker.tsx';
import { CorrectionHint, useCorrectionHint } from './correct/CorrectionHint.tsx';
import { useCorrecting } from './correct/useCorrecting.ts';
import { useTellProgress } from './course/tellProgress.ts';
import { DeskLayout } from './DeskLayout.tsx';
import { useMeasuring } from './measure/useMeasuring.ts';
import { useOverlays } from './overlays/useOverlays.ts';
import { BreakSheet } from './pace/BreakSheet.tsx';
import { PaceSheet } from './pace/PaceSheet.tsx';
import type { OfferedCode } from './panels.tsx';
import styles from './review.module.css';
import { SampleStrip } from './SampleStrip.tsx';
import { SpokenSubject } from './SpokenSubject.tsx';
import { useOpenBook } from './seeds/useSeeds.ts';
import { TargetBanner } from './targets/TargetBanner.tsx';
import { TargetDialogs } from './targets/TargetDialogs.tsx';
import { QueuesContext, useQueues } from './targets/useQueues.ts';
import { useTrackCommands } from './track/useTrackCommands.ts';
import { UnitPicker } from './UnitPicker.tsx';
import { DeskContext, useDeskState, useDeskValue } from './useDesk.ts';
import { useReviewCommands } from './useReviewCommands.ts';
import { useFaceFindings, useSubject } from './useSubject.ts';
import { labelDefects } from './verdictDrafts.ts';

export function ReviewDesk() {
  const { queues, value } = useQueues();
  return (
    <QueuesContext value={queues}>
      <DeskContext value={value}>
        <DeskBody />
      </DeskContext>
    </QueuesContext>
  );
}

/** Codes that the number keys give: the spec's own digits, or the faults of the data counted from 1. */
function offeredCodes(defects: readonly SpecDefect[], isHolding: boolean): OfferedCode[] {
  return defects.flatMap((defect, at) => {
    const digit = isHolding ? at + 1 : defect.digit;
    return digit === null || digit === 0 || digit > 9 ? [] : [{ digit, defect }];
  });
}

function DeskBody() {
  const engine = useEngine();
  const { desk, queue, book } = useDeskValue();
  useOpenBook(book);
  useTellProgress();
  const subject = useSubject();
  const findings = useFaceFindings(subject);
  const isHolding = useDeskState((state) => state.isHolding);
  const spec = useSession((state) => state.shown!.spec!.spec);
  const canJudge = useSession((state) => state.isWritable);
  const options = useViewOptions('review');
  const comment = useRef<HTMLTextAreaElement>(null);
  const codes = offeredCodes(labelDefects(spec, isHolding ? 'data' : 'vendor'), isHolding);
  const isBeside = subject?.isBeside ?? false;
  const onCode = (defect: SpecDefect): void => {
    if (isBeside) desk.noteBeside(defect);
    else if (isHolding) desk.hold(defect);
    else desk.reject(defect);
  };

  useReviewCommands({
    subject,
    codes,
    onCode,
    canJudge,
    focusComment: () => comment.current?.focus(),
  });
  useTrackCommands();
  const bulk = useBulk(canJudge);
  const worst = findings.faces[0];
  useOverlays(subject, findings.faces, options);
  const measuring = useMeasuring(subject, worst);
  const correcting = useCorrecting(subject, canJudge, desk.select);
  const correctionHint = useCorrectionHint();
  const pointing = measuring.pointing ?? correcting ?? selecting((row) => desk.select(row));
  usePointAs(pointing);

  // A whole frame or scene has nothing to be seen close up until one of its labels is picked.
  const hasLabel = subject === null || subject.label !== null || !isWhole(subject.unit.kind);
  const row = subject?.label?.row ?? -1;
  const gap = useMemo(
    (): ShownGap | null =>
      // Where every face says its distance, the worst one needs no second word.
      worst?.isOver && !options.showFaceGaps
        ? { row, face: worst.at, meters: worst.meters, text: `${worst.meters.toFixed(2)} m` }
        : null,
    [worst, row, options.showFaceGaps],
  );
  useEffect(() => engine.setGap(gap), [engine, gap]);

  const parts = { subject, findings, gap, options, codes, onCode, canJudge, comment };
  return (
    <div className={styles.desk} data-queue={queue}>
      {queue === 'targets' && <TargetBanner />}
      <SampleStrip />
      <DeskLayout parts={parts} hasLabel={hasLabel} cursor={pointing.cursor}>
        {measuring.hint !== null && (
          <div className={styles.hint} role="status" data-testid="tool-hint">
            {measuring.hint}
          </div>
        )}
        {measuring.hint === null && correctionHint !== null && (
          <div className={styles.hint} data-testid="correct-hint">
            <CorrectionHint while={correctionHint} />
          </div>
        )}
      </DeskLayout>
      <SpokenSubject subject={subject} inside={findings.inside} />
      <CodePicker isBeside={isBeside} />
      <UnitPicker />
      <GroupPanel bulk={bulk} codes={codes} />
      <SimilarGrid bulk={bulk} codes={codes} />
      {queue === 'sample' && <BreakSheet canJudge={canJudge} />}
      <PaceSheet />
      <TargetDialogs subject={subject} canJudge={canJudge} />
    </div>
  );
}

const isWhole = (kind: UnitKind): boolean => kind === 'frame' || kind === 'scene';
