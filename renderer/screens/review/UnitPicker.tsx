/** The sample as a list to jump in: by class, track, frame or what became of the unit. */
import { useTranslation } from 'react-i18next';
import { useSession } from '../../state/context.tsx';
import { PickList } from './PickList.tsx';
import { unitMark } from './unitMarks.ts';
import { unitName } from './unitName.ts';
import { useDesk, useDeskState } from './useDesk.ts';

export function UnitPicker() {
  const { t } = useTranslation();
  const desk = useDesk();
  const isOpen = useDeskState((state) => state.picker === 'jump');
  const audit = useSession((state) => state.shown!);
  const items = isOpen
    ? desk.units.map((unit, at) => ({
        id: unit.id,
        text: `${at + 1} · ${unitName(unit)}`,
        detail: `${unit.frame} · ${t(`review.marks.${unitMark(audit, unit)}`)}`,
      }))
    : [];
  return (
    <PickList
      isOpen={isOpen}
      title={t('review.jumpTitle')}
      placeholder={t('review.jumpPlaceholder')}
      items={items}
      onClose={() => desk.patch({ picker: null })}
      onPick={(id) => desk.goTo(desk.units.findIndex((unit) => unit.id === id))}
    />
  );
}
