/** What was agreed around the delivery: who sent it, which lot it is, by which rules it is labelled. */
import { Checkbox, NativeSelect, NumberInput, SegmentedControl, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Intake } from '../../../shared/audit/events.ts';
import type { AuditSummary } from '../../../shared/host/contract.ts';
import page from '../../ui/page.module.css';
import styles from './Intake.module.css';

export interface IntakeFieldsProps {
  readonly intake: Intake;
  /** Other audits on this machine: the lots this one may resubmit. */
  readonly audits: readonly AuditSummary[];
  readonly isDisabled: boolean;
  readonly onChange: (intake: Intake) => void;
}

export function IntakeFields({ intake, audits, isDisabled, onChange }: IntakeFieldsProps) {
  const { t } = useTranslation();
  const change = (part: Partial<Intake>): void => onChange({ ...intake, ...part });
  const text = (field: 'vendor' | 'team' | 'batch' | 'labellingSpec', isRequired = false) => ({
    label: t(`intake.${field}`),
    disabled: isDisabled,
    required: isRequired,
    value: intake[field],
    onChange: (event: React.ChangeEvent<HTMLInputElement>) => change({ [field]: event.currentTarget.value }),
    'data-testid': `intake-${field}`,
  });
  return (
    <div className={page.grid}>
      <TextInput {...text('vendor', true)} />
      <TextInput {...text('team')} />
      <TextInput {...text('batch', true)} />
      <TextInput
        label={t('switching.intake.project')}
        placeholder={t('switching.intake.projectHint')}
        disabled={isDisabled}
        value={intake.project ?? ''}
        onChange={(event) => change({ project: event.currentTarget.value || undefined })}
        data-testid="intake-project"
      />
      <TextInput {...text('labellingSpec')} placeholder={t('intake.labellingSpecHint')} />
      <TextInput
        type="date"
        label={t('intake.receivedOn')}
        required
        disabled={isDisabled}
        value={intake.receivedOn}
        onChange={(event) => change({ receivedOn: event.currentTarget.value })}
      />
      <TextInput
        type="date"
        label={t('intake.dueOn')}
        disabled={isDisabled}
        value={intake.dueOn ?? ''}
        onChange={(event) => change({ dueOn: event.currentTarget.value || null })}
      />
      <NativeSelect
        label={t('intake.resubmits')}
        disabled={isDisabled}
        value={intake.resubmits ?? ''}
        onChange={(event) => onChange(resubmitting(intake, event.currentTarget.value, audits))}
        data={[
          { value: '', label: t('intake.resubmitsNone') },
          ...audits.map((audit) => ({
            value: audit.audit,
            label: `${audit.vendor} › ${audit.batch} #${audit.submission} · ${audit.receivedOn}`,
          })),
        ]}
        data-testid="intake-resubmits"
      />
      <NumberInput
        label={t('intake.submission')}
        disabled={isDisabled}
        min={1}
        allowDecimal={false}
        value={intake.submission}
        onChange={(value) => change({ submission: typeof value === 'number' && value >= 1 ? value : 1 })}
      />
      <Checkbox
        className={page.wide!}
        label={t('switching.intake.isPilot')}
        disabled={isDisabled}
        checked={intake.isPilot ?? false}
        onChange={(event) => change({ isPilot: event.currentTarget.checked || undefined })}
        data-testid="intake-pilot"
      />
      <div className={page.wide}>
        <span className={styles.label} id="intake-role">
          {t('intake.role')}
        </span>
        <SegmentedControl
          aria-labelledby="intake-role"
          fullWidth
          disabled={isDisabled}
          value={intake.role}
          onChange={(role) => change({ role: role as Intake['role'] })}
          data={[
            { value: 'client', label: t('intake.roleClient') },
            { value: 'vendor-self', label: t('intake.roleVendor') },
          ]}
        />
      </div>
    </div>
  );
}

/** A redelivery is the next submission of the same batch by the same vendor. */
export function resubmitting(intake: Intake, audit: string, audits: readonly AuditSummary[]): Intake {
  const earlier = audits.find((entry) => entry.audit === audit);
  if (!earlier) return { ...intake, resubmits: null, submission: 1 };
  const { vendor, team, batch, submission, project } = earlier;
  return { ...intake, vendor, team, batch, project, resubmits: audit, submission: submission + 1 };
}

/** Where the labels of the submission before still lie; null where there is none, or it is gone. */
export function earlierDelivery(
  { resubmits }: Pick<Intake, 'resubmits'>,
  audits: readonly AuditSummary[],
): string | null {
  const earlier = audits.find(({ audit }) => audit === resubmits);
  return earlier?.deliveryExists ? earlier.deliveryPath : null;
}
