/** Codes by name: those without a digit, and what is noted beside the unit. */
import { useTranslation } from 'react-i18next';
import { specDefect } from '../../../shared/audit/specLookup.ts';
import { useSession } from '../../state/context.tsx';
import { PickList } from './PickList.tsx';
import { useDesk, useDeskState } from './useDesk.ts';

export function CodePicker({ isBeside }: { isBeside: boolean }) {
  const { t, i18n } = useTranslation();
  const language = i18n.language === 'zh' ? 'zh' : 'en';
  const desk = useDesk();
  const picker = useDeskState((state) => state.picker);
  const spec = useSession((state) => state.shown!.spec!.spec);
  const notesBeside = picker === 'beside' || isBeside;
  // Beside the sample a missing object may be noted too; on a drawn label it makes no sense.
  const defects = spec.defects.filter(
    ({ owner, where }) => owner === 'vendor' && (notesBeside || where !== 'cell'),
  );
  const close = (): void => desk.patch({ picker: null });
  return (
    <PickList
      isOpen={picker === 'reject' || picker === 'beside'}
      title={t(notesBeside ? 'review.pickBesideTitle' : 'review.pickTitle')}
      placeholder={t('review.pickPlaceholder')}
      items={defects.map(({ code, title, severity }) => ({
        id: code,
        text: title[language],
        detail: `${code} · ${t(`review.severity.${severity}`)}`,
      }))}
      onClose={close}
      onPick={(code) => {
        const defect = specDefect(spec, code);
        close();
        if (!defect) return;
        if (notesBeside) desk.noteBeside(defect);
        else desk.reject(defect);
      }}
    />
  );
}
