/** "This is normal here": for which class, track, scene or camera, or up to which value; and why. */
import { Button, Checkbox, Modal, Radio, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LimitPair } from '../../../shared/checks/contract.ts';
import type { CheckFinding } from '../../../shared/checks/finding.ts';
import { checkTitle, shownQuantity } from '../../../shared/report/checkWords.ts';
import { trackName } from '../../viewport/trackName.ts';
import styles from './checks.module.css';
import { keyName } from './checkText.ts';
import { checkOf } from './findingPlace.ts';
import { widened, withException, withLimits } from './teaching.ts';
import type { Checks } from './useChecks.ts';
import type { Triage } from './useTriage.ts';

interface TeachDialogProps {
  readonly checks: Checks;
  readonly triage: Triage;
  readonly onClose: () => void;
}

export function TeachDialog({ checks, triage, onClose }: TeachDialogProps) {
  const { t } = useTranslation();
  const { chosen } = checks;
  return (
    <Modal
      opened={triage.asking === 'normal' && chosen !== null}
      onClose={onClose}
      title={t('checks.teach.title')}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      {chosen && <TeachForm key={chosen.id} {...{ checks, triage, onClose, chosen }} />}
    </Modal>
  );
}

const fields = ['className', 'track', 'scene', 'camera'] as const;
type Field = (typeof fields)[number];

function TeachForm({ checks, triage, onClose, chosen }: TeachDialogProps & { chosen: CheckFinding }) {
  const { t } = useTranslation();
  const { settings } = checks;
  const check = checkOf(chosen.check);
  const offered = fields.filter((field) => chosen[field] !== null && chosen[field] !== '');
  const limits = check && widened(check, settings, chosen);
  const [way, setWay] = useState<'except' | 'widen'>('except');
  const [fixed, setFixed] = useState<readonly Field[]>(offered.slice(0, 1));
  const [note, setNote] = useState('');
  const title = checkTitle(chosen.check, t);
  const isReady = note.trim() !== '' && (way === 'widen' ? limits !== null : fixed.length > 0);

  function teach(): void {
    if (!isReady) return;
    if (way === 'widen') {
      triage.teach(withLimits(settings, chosen.check, chosen.limitKey, limits), note.trim());
      return;
    }
    const of = (field: Field): string | null => (fixed.includes(field) ? chosen[field] : null);
    const exception = {
      ...{ check: chosen.check, className: of('className'), track: of('track') },
      ...{ scene: of('scene'), camera: of('camera'), note: note.trim() },
    };
    triage.teach(withException(settings, exception), note.trim());
  }

  return (
    <form
      className={styles.teach}
      onSubmit={(event) => {
        event.preventDefault();
        teach();
      }}
    >
      <p className={styles.quiet}>{t('checks.teach.text')}</p>
      <Textarea
        label={t('checks.teach.note')}
        rows={2}
        data-autofocus
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
          event.preventDefault();
          teach();
        }}
        data-testid="teach-note"
      />
      {limits && check && (
        <Radio.Group value={way} onChange={(value) => setWay(value as typeof way)}>
          <Radio value="except" label={t('checks.teach.except')} />
          <Radio
            value="widen"
            label={t('checks.teach.widen', {
              key: keyName(check, chosen.limitKey, t),
              value: shownQuantity(reached(limits), check.quantity.unit),
            })}
            data-testid="teach-widen"
          />
        </Radio.Group>
      )}
      {way === 'except' && (
        <fieldset className={styles.conditions}>
          <legend>{t('checks.teach.for', { check: title })}</legend>
          {offered.map((field) => (
            <Checkbox
              key={field}
              checked={fixed.includes(field)}
              onChange={(event) => {
                const { checked } = event.currentTarget;
                setFixed((now) => (checked ? [...now, field] : now.filter((one) => one !== field)));
              }}
              label={t(`checks.teach.${field}`, {
                name: field === 'track' ? trackName(chosen.track!) : chosen[field],
              })}
            />
          ))}
          {fixed.length === 0 && <small className={styles.quiet}>{t('checks.teach.all')}</small>}
        </fieldset>
      )}
      <div className={styles.teachActions}>
        <Button onClick={onClose}>{t('app.cancel')}</Button>
        <Button type="submit" variant="filled" disabled={!isReady} data-testid="teach">
          {t('checks.teach.action')}
        </Button>
      </div>
    </form>
  );
}

/** The limit that a value would have to pass from then on. */
function reached({ soft, hard }: LimitPair): number {
  return soft ?? hard ?? 0;
}
