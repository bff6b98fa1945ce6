/** The desk: the strip of the sample, the label in all its views, its track below, facts and verdict at the side. */
import { useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Group, Panel, Separator } from 'react-resizable-panels';
import type { SpecDefect, UnitKind } from '../../../shared/audit/qaSpec.ts';
import { useSession } from '../../state/context.tsx';
import { ClosePane } from '../../viewport/react/ClosePane.tsx';
import { ContextPane } from '../../viewport/react/ContextPane.tsx';
import { useEngine, usePointAs } from '../../viewport/react/engineContext.tsx';
import { useViewOptions } from '../../viewport/react/useViewOptions.ts';
import { ViewportStage } from '../../viewport/react/ViewportStage.tsx';
import type { ShownGap } from '../../viewport/shown.ts';
import { CodePicker } from './CodePicker.tsx';
import { PictureArea } from './PictureArea.tsx';
import styles from './review.module.css';
import { SampleStrip } from './SampleStrip.tsx';
import { SidePanel } from './SidePanel.tsx';
import { SpokenSubject } from './SpokenSubject.tsx';
import { TrackStrip } from './TrackStrip.tsx';
import { UnitPicker } from './UnitPicker.tsx';
import { DeskContext, useDesk, useDeskState, useNewDesk } from './useDesk.ts';
import { usePaneSizes } from './usePaneSizes.ts';
import { useReviewCommands } from './useReviewCommands.ts';
import { useFaceFindings, useSubject } from './useSubject.ts';
import { labelDefects } from './verdictDrafts.ts';

export function ReviewDesk() {
  const value = useNewDesk();
  return (
    <DeskContext value={value}>
      <DeskBody />
    </DeskContext>
  );
}

/** Codes that the number keys give: the spec's own digits, or the faults of the data counted from 1. */
function offeredCodes(defects: readonly SpecDefect[], isHolding: boolean) {
  return defects.flatMap((defect, at) => {
    const digit = isHolding ? at + 1 : defect.digit;
    return digit === null || digit === 0 || digit > 9 ? [] : [{ digit, defect }];
  });
}

function DeskBody() {
  const { t } = useTranslation();
  const engine = useEngine();
  const desk = useDesk();
  const subject = useSubject();
  const findings = useFaceFindings(subject);
  const isHolding = useDeskState((state) => state.isHolding);
  const isMeasuring = useDeskState((state) => state.isMeasuring);
  const spec = useSession((state) => state.shown!.spec!.spec);
  const canJudge = useSession((state) => state.isWritable);
  const options = useViewOptions('review');
  const sizes = usePaneSizes('review.panes');
  const comment = useRef<HTMLTextAreaElement>(null);
  const defects = labelDefects(spec, isHolding ? 'data' : 'vendor');
  const codes = offeredCodes(defects, isHolding);
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
  usePointAs({
    mode: isMeasuring ? 'ruler' : 'select',
    onSelect: (row) => desk.select(row),
    onDrop: () => undefined,
  });

  const worst = findings.faces[0];
  // A whole frame or scene has nothing to be seen close up until one of its labels is picked.
  const hasLabel = subject === null || subject.label !== null || !isWhole(subject.unit.kind);
  const row = subject?.label?.row ?? -1;
  const gap = useMemo(
    (): ShownGap | null =>
      worst?.isOver
        ? { row, face: worst.at, meters: worst.meters, text: `${worst.meters.toFixed(2)} m` }
        : null,
    [worst, row],
  );
  useEffect(() => engine.setGap(gap), [engine, gap]);

  return (
    <div className={styles.desk}>
      <SampleStrip />
      <Group className={styles.group} {...sizes('sides')}>
        <Panel id="views" defaultSize="78%" minSize="50%">
          <div className={styles.centre}>
            <ViewportStage mode={isMeasuring ? 'ruler' : 'select'} className={styles.stage}>
              <Group key={String(hasLabel)} orientation="vertical" {...sizes(hasLabel ? 'rows' : 'whole')}>
                {hasLabel && (
                  <Panel id="close" defaultSize="54%" minSize="20%">
                    <Group {...sizes('close')}>
                      <Panel id="top" defaultSize="34%" minSize="12%">
                        <ClosePane face="top" gap={gap} />
                      </Panel>
                      <Separator className={styles.upright} />
                      <Panel id="side" defaultSize="36%" minSize="12%">
                        <ClosePane face="side" gap={gap} />
                      </Panel>
                      <Separator className={styles.upright} />
                      <Panel id="end" defaultSize="30%" minSize="12%">
                        <ClosePane face="end" gap={gap} />
                      </Panel>
                    </Group>
                  </Panel>
                )}
                {hasLabel && <Separator className={styles.level} />}
                <Panel id="wide" minSize="20%">
                  <Group {...sizes('wide')}>
                    <Panel id="pictures" defaultSize="66%" minSize="20%">
                      <PictureArea subject={subject} />
                    </Panel>
                    <Separator className={styles.upright} />
                    <Panel id="context" minSize="15%">
                      <ContextPane options={options} />
                    </Panel>
                  </Group>
                </Panel>
              </Group>
              {isMeasuring && <div className={styles.hint}>{t('review.measuring')}</div>}
            </ViewportStage>
            <TrackStrip subject={subject} />
          </div>
        </Panel>
        <Separator className={styles.upright} />
        <Panel id="side-panel" minSize="250px" maxSize="480px">
          <SidePanel
            subject={subject}
            findings={findings}
            codes={codes}
            onCode={onCode}
            canJudge={canJudge}
            comment={comment}
          />
        </Panel>
      </Group>
      <SpokenSubject subject={subject} inside={findings.inside} />
      <CodePicker isBeside={isBeside} />
      <UnitPicker />
    </div>
  );
}

const isWhole = (kind: UnitKind): boolean => kind === 'frame' || kind === 'scene';
