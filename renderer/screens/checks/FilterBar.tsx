/** Which findings are shown: open or answered, and of which class, scene, annotator, severity, limit and owner. */
import { Button, NativeSelect, SegmentedControl } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { CheckFinding } from '../../../shared/checks/finding.ts';
import type { Translate } from '../../../shared/messages/translate.ts';
import { count } from '../../ui/format.ts';
import styles from './checks.module.css';
import {
  type AnswerChoice,
  answerChoices,
  type FilterField,
  filterFields,
  isNarrowed,
  noFilter,
  valuesOf,
} from './findingFilter.ts';
import type { Checks } from './useChecks.ts';

export function FilterBar({ checks }: { checks: Checks }) {
  const { t } = useTranslation();
  const { filter, setFilter, findings, triage, audit } = checks;
  const ofCheck = useMemo(
    () => findings.filter(({ check }) => filter.check === null || check === filter.check),
    [findings, filter.check],
  );
  const answered = useMemo(() => ofCheck.filter(({ id }) => triage.has(id)).length, [ofCheck, triage]);
  const counts: Readonly<Record<AnswerChoice, number>> = {
    ...{ open: ofCheck.length - answered, answered, all: ofCheck.length },
  };
  return (
    <search className={styles.filters} aria-label={t('checks.filter.label')}>
      {audit && (
        <SegmentedControl
          size="xs"
          aria-label={t('checks.filter.answerLabel')}
          value={filter.answer}
          onChange={(value) => setFilter({ answer: value as AnswerChoice })}
          data={answerChoices.map((value) => ({
            value,
            label: `${t(`checks.filter.answer.${value}`)} ${count(counts[value])}`,
          }))}
          data-testid="answer-filter"
        />
      )}
      {filterFields.map((field) => (
        <FieldFilter key={field} checks={checks} field={field} findings={ofCheck} />
      ))}
      {isNarrowed(filter) && (
        <Button size="compact-sm" onClick={() => setFilter({ ...noFilter, answer: filter.answer })}>
          {t('checks.clearFilters')}
        </Button>
      )}
    </search>
  );
}

interface FieldFilterProps {
  readonly checks: Checks;
  readonly field: FilterField;
  readonly findings: readonly CheckFinding[];
}

/** Shown where there is something to choose between. */
function FieldFilter({ checks, field, findings }: FieldFilterProps) {
  const { t } = useTranslation();
  const { filter, setFilter } = checks;
  const chosen = filter[field];
  const values = useMemo(() => valuesOf(findings, field), [findings, field]);
  if (values.length < 2 && chosen === null) return null;
  const name = t(`checks.filter.${field}`);
  return (
    <NativeSelect
      size="xs"
      aria-label={name}
      value={chosen ?? ''}
      onChange={(event) => {
        const { value } = event.currentTarget;
        setFilter({ [field]: value === '' ? null : value });
      }}
      data={[
        { value: '', label: name },
        ...values.map((entry) => ({
          value: entry.value,
          label: `${valueName(field, entry.value, t)} (${count(entry.count)})`,
        })),
      ]}
      data-testid={`filter-${field}`}
    />
  );
}

function valueName(field: FilterField, value: string, t: Translate): string {
  if (field === 'severity') return t(`review.severity.${value}`);
  if (field === 'grade') return t(`checks.filter.grades.${value}`);
  if (field === 'owner') return t(`checks.filter.owners.${value}`);
  return value;
}
