/** Which QA spec the lot is judged by: the shipped one or a file, with its changing fields at hand. */
import { Button, FileButton } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { QaSpec } from '../../../shared/audit/qaSpec.ts';
import page from '../../ui/page.module.css';
import { Section } from '../../ui/Section.tsx';
import styles from './Intake.module.css';
import { SpecFields } from './SpecFields.tsx';
import { readSpec, type SpecFault, shippedSpec } from './specFile.ts';

export interface SpecPartProps {
  readonly spec: QaSpec;
  readonly isDisabled: boolean;
  readonly onChange: (spec: QaSpec) => void;
}

export function SpecPart({ spec, isDisabled, onChange }: SpecPartProps) {
  const { t } = useTranslation();
  const [faults, setFaults] = useState<readonly SpecFault[]>([]);
  /** Counts replacements as a whole, so that fields with own text start anew. */
  const [version, setVersion] = useState(0);

  function take(next: QaSpec): void {
    setFaults([]);
    setVersion(version + 1);
    onChange(next);
  }

  async function load(file: File | null): Promise<void> {
    if (file === null) return;
    const reading = readSpec(await file.text());
    if (reading.ok) take(reading.spec);
    else setFaults(reading.faults);
  }

  return (
    <Section title={t('intake.spec')}>
      <p className={page.plain}>
        {spec.name} <span className={page.dim}>{t('intake.revision', { revision: spec.revision })}</span>
      </p>
      {!isDisabled && (
        <div className={page.actions}>
          <FileButton accept="application/json,.json" onChange={(file) => void load(file)}>
            {(props) => <Button {...props}>{t('intake.specFile')}</Button>}
          </FileButton>
          <Button onClick={() => take(shippedSpec)}>{t('intake.specDefault')}</Button>
        </div>
      )}
      {faults.length > 0 && (
        <div className={styles.faults} role="alert">
          <p className={page.plain}>{t('intake.specFaults', { count: faults.length })}</p>
          <ul>
            {faults.map(({ path, reason }) => (
              <li key={`${path} ${reason}`}>
                <code className={page.mono}>{path}</code> {reason}
              </li>
            ))}
          </ul>
        </div>
      )}
      <details className={styles.details}>
        <summary>{t('intake.specFields')}</summary>
        <SpecFields key={version} spec={spec} isDisabled={isDisabled} onChange={onChange} />
      </details>
    </Section>
  );
}
