/** Facts, codes, evidence, rule, comment and verdict: all that is read besides the label itself. */
import { type RefObject, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { SpecDefect } from '../../../shared/audit/qaSpec.ts';
import { useSteadyHeight } from '../../ui/useSteadyHeight.ts';
import { AllJudged } from './AllJudged.tsx';
import { CodeList } from './CodeList.tsx';
import { CorrectionBlock } from './correct/CorrectionBlock.tsx';
import { CourseLine } from './course/CourseLine.tsx';
import { EvidenceNote } from './EvidenceNote.tsx';
import { FactsPanel } from './FactsPanel.tsx';
import type { FaceFinding } from './faceFindings.ts';
import { MeasureList } from './measure/MeasureList.tsx';
import { useVisibleAudit } from './pace/useVisibleAudit.ts';
import { RuleSection } from './RuleSection.tsx';
import { Standing } from './Standing.tsx';
import styles from './side.module.css';
import { TargetsDone, TargetsLine } from './targets/TargetLines.tsx';
import { TargetNote } from './targets/TargetNote.tsx';
import { useDeskState, useDeskValue } from './useDesk.ts';
import type { Subject } from './useSubject.ts';
import { VerdictBar } from './VerdictBar.tsx';

export interface SidePanelProps {
  readonly subject: Subject | null;
  readonly findings: { readonly inside: number | null; readonly faces: readonly FaceFinding[] };
  readonly codes: readonly { readonly digit: number; readonly defect: SpecDefect }[];
  readonly onCode: (defect: SpecDefect) => void;
  readonly canJudge: boolean;
  readonly comment: RefObject<HTMLTextAreaElement | null>;
}

export function SidePanel({ subject, findings, codes, onCode, canJudge, comment }: SidePanelProps) {
  const { t } = useTranslation();
  const { desk, queue } = useDeskValue();
  const at = useDeskState((state) => state.at);
  const unit = desk.units[at]!;
  const text = useDeskState((state) => state.drafts.get(unit.id)?.comment);
  const given = useVisibleAudit().verdicts.get(unit.id)?.comment ?? '';
  const scroll = useRef<HTMLDivElement>(null);
  const facts = useSteadyHeight<HTMLDivElement>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: each unit is read from the top
  useEffect(() => {
    scroll.current?.scrollTo(0, 0);
  }, [at]);
  return (
    <aside className={styles.side}>
      <div className={styles.scroll} ref={scroll}>
        {/* Units differ in how much is known of them; the codes below stay where the hand expects them. */}
        <div ref={facts}>
          {subject ? (
            <FactsPanel subject={subject} inside={findings.inside} />
          ) : (
            <p className={styles.hint}>{t('review.unitMissing')}</p>
          )}
        </div>
        {queue === 'targets' && <TargetNote unit={unit.id} />}
        <CodeList codes={codes} isBeside={subject?.isBeside ?? false} onCode={onCode} canJudge={canJudge} />
        <EvidenceNote findings={findings} />
        <CorrectionBlock />
        <RuleSection entry={subject?.entry ?? null} />
        <MeasureList subject={subject} />
        <section className={styles.section}>
          <label className={styles.heading} htmlFor="review-comment">
            {t('review.comment')}
          </label>
          <textarea
            id="review-comment"
            ref={comment}
            className={styles.comment}
            rows={2}
            placeholder={t('review.commentPlaceholder')}
            value={text ?? given}
            disabled={!canJudge}
            onChange={(event) => desk.setDraft({ comment: event.currentTarget.value })}
            onKeyDown={(event) => {
              const isDone =
                event.key === 'Escape' || (event.key === 'Enter' && (event.ctrlKey || event.metaKey));
              if (isDone && !event.nativeEvent.isComposing) event.currentTarget.blur();
            }}
          />
        </section>
        {queue === 'sample' && (
          <>
            <Standing />
            <AllJudged />
          </>
        )}
      </div>
      {queue === 'sample' ? <TargetsLine /> : <TargetsDone />}
      {queue === 'sample' && <CourseLine />}
      <VerdictBar subject={subject} canJudge={canJudge} />
    </aside>
  );
}
