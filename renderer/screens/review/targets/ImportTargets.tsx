/** Takes units that another tool names into the targeted queue; what cannot be taken is said. */
import { Button, FileButton } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type FoundTargets, findTargets, parseTargetsFile } from '../../../../shared/audit/targetsFile.ts';
import type { Problem } from '../../../../shared/base/problem.ts';
import { useServices } from '../../../state/context.tsx';
import { ProblemLine } from '../../../ui/ProblemLine.tsx';
import { useEngine } from '../../../viewport/react/engineContext.tsx';
import { seededOf } from '../seeds/seededIndex.ts';
import styles from './targets.module.css';

/** So many unknown units are named; of more only the number is said. */
const mostNamed = 5;

export function ImportTargets({ canJudge }: { canJudge: boolean }) {
  const { t } = useTranslation();
  const { session } = useServices();
  const { index } = useEngine();
  const [found, setFound] = useState<FoundTargets | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);

  async function read(file: File | null): Promise<void> {
    if (file === null) return;
    setFound(null);
    const parsed = parseTargetsFile(await file.text(), file.name);
    setProblem(parsed.ok ? null : parsed.problem);
    if (!parsed.ok) return;
    const { record, shown } = session.getState();
    const taken = findTargets(shown!, seededOf(index).base, parsed.value, () => crypto.randomUUID());
    if (taken.unknown.length > 0) setProblem(unknownUnits(taken.unknown, file.name));
    const targets = [...taken.targets];
    const refused =
      targets.length > 0 ? record({ type: 'targets.queued', data: { targets, draw: null } }) : null;
    if (refused) setProblem(refused);
    else setFound(taken);
  }

  return (
    <fieldset className={styles.part}>
      <legend>{t('targets.import.title')}</legend>
      <div className={styles.actions}>
        <FileButton accept=".json,application/json" onChange={(file) => void read(file)}>
          {(props) => (
            <Button {...props} disabled={!canJudge} data-testid="import-targets">
              {t('targets.import.action')}
            </Button>
          )}
        </FileButton>
        <small className={styles.lead}>{t('targets.import.hint')}</small>
      </div>
      {problem && <ProblemLine problem={problem} />}
      {found && (
        <p className={styles.lead} role="status" data-testid="imported-targets">
          {t('targets.import.done', { count: found.targets.length })}{' '}
          {found.inSample > 0 && t('targets.import.inSample', { count: found.inSample })}{' '}
          {found.queued > 0 && t('targets.import.queued', { count: found.queued })}
        </p>
      )}
    </fieldset>
  );
}

function unknownUnits(units: readonly string[], path: string): Problem {
  const named = units.slice(0, mostNamed).join(', ');
  const params = { count: units.length, units: units.length > mostNamed ? `${named}, …` : named };
  return { code: 'target-units-unknown', severity: 'warning', path, params };
}
