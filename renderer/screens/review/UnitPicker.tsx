/** The sample as a list to jump in: by class, track, frame or what became of the unit; only a part of it on demand. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { hastyMs, isHasty } from '../../../shared/audit/pace.ts';
import { PickList } from './PickList.tsx';
import styles from './pace/pace.module.css';
import { lookReason } from './pace/secondLook.ts';
import { useVisibleAudit } from './pace/useVisibleAudit.ts';
import { unitMark } from './unitMarks.ts';
import { unitName } from './unitName.ts';
import { useDeskState, useDeskValue } from './useDesk.ts';

const filters = ['all', 'open', 'reject', 'secondLook', 'hasty'] as const;
type Filter = (typeof filters)[number];

export function UnitPicker() {
  const { t } = useTranslation();
  const { desk, queue } = useDeskValue();
  // The place of a unit would say which ones come up once more.
  const isOpen = useDeskState((state) => state.picker === 'jump' && state.warmUp === null);
  const audit = useVisibleAudit();
  const [filter, setFilter] = useState<Filter>('all');
  const fits = (id: string): boolean => {
    const verdict = audit.verdicts.get(id);
    switch (filter) {
      case 'all':
        return true;
      case 'open':
        return verdict === undefined;
      case 'reject':
        return verdict?.verdict === 'reject';
      case 'secondLook':
        return lookReason(audit, id) !== null;
      case 'hasty':
        return verdict !== undefined && isHasty(verdict);
    }
  };
  const items = isOpen
    ? desk.units.flatMap((unit, at) => {
        if (!fits(unit.id)) return [];
        const verdict = audit.verdicts.get(unit.id);
        const words = [
          unit.frame,
          t(`review.marks.${unitMark(audit, unit)}`),
          ...(verdict && isHasty(verdict) ? [t('pace.hasty', { seconds: hastyMs / 1000 })] : []),
        ];
        return [{ id: unit.id, text: `${at + 1} · ${unitName(unit)}`, detail: words.join(' · ') }];
      })
    : [];
  return (
    <PickList
      isOpen={isOpen}
      title={t(queue === 'sample' ? 'review.jumpTitle' : 'targets.jumpTitle')}
      placeholder={t('review.jumpPlaceholder')}
      items={items}
      onClose={() => desk.patch({ picker: null })}
      onPick={(id) => desk.goTo(desk.units.findIndex((unit) => unit.id === id))}
      head={
        <fieldset className={styles.filters}>
          <legend>{t('pace.filter.label')}</legend>
          {filters.map((name) => (
            <label key={name} data-chosen={name === filter || undefined}>
              <input
                type="radio"
                name="unit-filter"
                checked={name === filter}
                onChange={() => setFilter(name)}
              />
              {t(`pace.filter.${name}`)}
            </label>
          ))}
        </fieldset>
      }
    />
  );
}
