/** What is done with the plan: look at all parameters, freeze it, draw again with a reason, go on to review. */
import { Button, Drawer } from '@mantine/core';
import { SlidersHorizontal } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { QaSpec } from '../../../shared/audit/qaSpec.ts';
import type { AuditState } from '../../../shared/audit/state.ts';
import { CommandKey } from '../../app/CommandKey.tsx';
import { useCommand } from '../../app/commands.ts';
import { auditAddress, navigate } from '../../app/routes.ts';
import { useHost, useSession } from '../../state/context.tsx';
import { ProblemLine } from '../../ui/ProblemLine.tsx';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import page from '../../ui/page.module.css';
import { ReasonDialog } from '../../ui/ReasonDialog.tsx';
import { type Task, useTask } from '../../ui/useTask.ts';
import { SpecFields } from '../intake/SpecFields.tsx';
import { DesignButtons } from './DesignButtons.tsx';
import styles from './Plan.module.css';
import type { Design } from './useDesign.ts';

export interface PlanToolbarProps {
  readonly audit: AuditState;
  readonly design: Design;
  /** The lot is known and every rule has a plan on it. */
  readonly canFreeze: boolean;
}

export function PlanToolbar({ audit, design, canFreeze }: PlanToolbarProps) {
  const { t } = useTranslation();
  const [isEditing, setEditing] = useState(false);
  const freezing = useFreeze(audit, design);
  const isFrozen = audit.sample !== null;
  const isSigned = audit.phase === 'signed';
  const isOpen = !isSigned && audit.verdicts.size + audit.cellVerdicts.size === 0;
  const hasVerdict = audit.verdicts.size + audit.cellVerdicts.size > 0;
  const mayFreeze = canFreeze && freezing.isAllowed && !isFrozen;
  const freeze = (): void => void freezing.freeze(null);
  useCommand({
    id: 'plan.freeze',
    room: 'plan',
    titleKey: 'planScreen.freeze',
    keys: ['Mod+Enter'],
    run: freeze,
    isEnabled: () => mayFreeze,
  });
  useCommand({
    id: 'plan.parameters',
    room: 'plan',
    titleKey: 'planScreen.parameters',
    keys: ['P'],
    run: () => setEditing(true),
  });
  return (
    <>
      <div className={`${page.toolbar} ${styles.toolbar}`}>
        <h1 className={page.title}>
          {t(isFrozen && !design.isChanged ? 'planScreen.titleFrozen' : 'planScreen.title')}
          <span className={styles.changed} role="status">
            {design.isChanged && t('designer.changed')}
          </span>
        </h1>
        {isOpen && (!isFrozen || design.isChanged) && <DesignButtons design={design} canKeep={canFreeze} />}
        <Button
          leftSection={<SlidersHorizontal size={16} />}
          rightSection={<CommandKey id="plan.parameters" />}
          onClick={() => setEditing(true)}
        >
          {t('planScreen.parameters')}
        </Button>
        {isFrozen && !isSigned && <ReplanButton freezing={freezing} />}
        {isFrozen ? (
          <Button component="a" href={auditAddress(audit.audit, 'review')} variant="filled">
            {t('planScreen.toReview')}
          </Button>
        ) : (
          <Button
            variant="filled"
            disabled={!mayFreeze}
            loading={freezing.task.isRunning}
            onClick={freeze}
            rightSection={<CommandKey id="plan.freeze" />}
            data-testid="freeze-plan"
          >
            {t('planScreen.freeze')}
          </Button>
        )}
      </div>
      {freezing.task.isRunning && (
        <ProgressLine progress={freezing.task.progress} onCancel={freezing.task.cancel} />
      )}
      {freezing.task.problem && <ProblemLine problem={freezing.task.problem} />}
      <Parameters
        isOpen={isEditing}
        design={design}
        isDisabled={isSigned || hasVerdict}
        onClose={() => setEditing(false)}
      />
    </>
  );
}

interface Freezing {
  readonly task: Task;
  readonly isAllowed: boolean;
  freeze(reason: string | null): Promise<boolean>;
}

function useFreeze(audit: AuditState, design: Design): Freezing {
  const host = useHost();
  const task = useTask();
  const opened = useSession((state) => state.opened);
  const actor = useSession((state) => state.actor);
  const isWritable = useSession((state) => state.isWritable);
  const adopt = useSession((state) => state.adopt);
  const isAllowed = opened !== null && actor !== null && isWritable && !task.isRunning;
  async function freeze(reason: string | null): Promise<boolean> {
    // What is tried out is recorded first: the plan is frozen with the spec of the record.
    if (!isAllowed || !(await design.keep())) return false;
    const frozen = await task.run(async (options) => {
      const input = { audit: audit.audit, delivery: opened.delivery, actor, reason };
      const answer = await host.call('audits.freezePlan', input, options);
      adopt(answer.events);
      return true;
    });
    if (frozen && reason === null) navigate(auditAddress(audit.audit, 'review'));
    return frozen ?? false;
  }
  return { task, isAllowed, freeze };
}

function ReplanButton({ freezing }: { freezing: Freezing }) {
  const { t } = useTranslation();
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      <Button disabled={!freezing.isAllowed} onClick={() => setAsking(true)} data-testid="replan">
        {t('planScreen.replan')}
      </Button>
      <ReasonDialog
        isOpen={isAsking}
        title={t('planScreen.replan')}
        text={t('planScreen.replanText')}
        action={t('planScreen.replanAction')}
        onClose={() => setAsking(false)}
        onGive={(reason) => {
          setAsking(false);
          void freezing.freeze(reason);
        }}
      />
    </>
  );
}

/** All fields of the spec at once; nothing is recorded until it is applied. */
function Parameters(props: { isOpen: boolean; design: Design; isDisabled: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState<QaSpec | null>(null);
  const close = (): void => {
    setDraft(null);
    props.onClose();
  };
  return (
    <Drawer
      opened={props.isOpen}
      onClose={close}
      title={t('planScreen.parameters')}
      size="32rem"
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      {props.isDisabled && <p className={page.small}>{t('planScreen.parametersFixed')}</p>}
      <SpecFields spec={draft ?? props.design.spec} isDisabled={props.isDisabled} onChange={setDraft} />
      <div className={styles.drawerActions}>
        <Button onClick={close}>{t('app.cancel')}</Button>
        <Button
          variant="filled"
          disabled={draft === null}
          onClick={() => {
            if (draft) void props.design.keep(draft);
            close();
          }}
        >
          {t('planScreen.apply')}
        </Button>
      </div>
    </Drawer>
  );
}
