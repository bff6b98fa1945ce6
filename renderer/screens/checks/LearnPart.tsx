/** After a lot was accepted: what its labels usually are can be learned, for the next lots of its vendor and project. */
import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PriorsDocument } from '../../../shared/checks/priors.ts';
import { useHost, useSession } from '../../state/context.tsx';
import { ProblemLine } from '../../ui/ProblemLine.tsx';
import { useTask } from '../../ui/useTask.ts';
import styles from './checks.module.css';

export function LearnPart() {
  const { t } = useTranslation();
  const host = useHost();
  const audit = useSession((state) => state.audit);
  const delivery = useSession((state) => state.opened?.delivery ?? null);
  const { run, problem, isRunning } = useTask();
  const [priors, setPriors] = useState<PriorsDocument | null>(null);
  const [path, setPath] = useState<string | null>(null);
  const isAccepted = audit?.phase === 'signed' && audit.dispositions.at(-1)?.disposition === 'accept';
  const { vendor = '', project = '' } = audit?.intake ?? {};
  useEffect(() => {
    if (!isAccepted) return;
    void run(async (options) => {
      const known = await host.call('priors.read', { vendor, project }, options);
      setPath(known.path);
      if (known.isLearned) setPriors(known.priors);
    });
  }, [host, run, isAccepted, vendor, project]);
  if (!isAccepted || audit === null || delivery === null) return null;
  const learn = (): void =>
    void run(async (options) => {
      const learned = await host.call('priors.learn', { audit: audit.audit, delivery }, options);
      setPriors(learned.priors);
      setPath((await host.call('priors.read', { vendor, project }, options)).path);
    });
  const isLearned = priors?.learnedFrom.some(({ batch }) => batch === audit.intake.batch) ?? false;
  return (
    <div className={styles.learn}>
      <Button
        size="compact-sm"
        loading={isRunning}
        disabled={isLearned}
        onClick={learn}
        data-testid="learn-priors"
      >
        {t('checks.priors.learn')}
      </Button>
      {isLearned && (
        <span role="status" title={path ?? undefined}>
          {t('checks.priors.learnt', { count: priors!.learnedFrom.length, revision: priors!.revision, path })}
        </span>
      )}
      {problem && <ProblemLine problem={problem} />}
    </div>
  );
}
