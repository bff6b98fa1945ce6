/** The columns of the targeted queue. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type TargetEntry, unitOfTarget } from '../../../../shared/audit/targets.ts';
import type { Column } from '../../../ui/DataTable.tsx';
import { unitName } from '../unitName.ts';

export function useTargetColumns(): readonly Column<TargetEntry>[] {
  const { t } = useTranslation();
  return useMemo(() => {
    const state = ({ verdict }: TargetEntry): string => t(`review.marks.${verdict?.verdict ?? 'open'}`);
    const name = ({ targets }: TargetEntry): string => unitName(unitOfTarget(targets[0]));
    const reasons = ({ targets }: TargetEntry): string =>
      targets.map(({ target }) => target.reason).join(' · ');
    const sources = ({ targets }: TargetEntry): string =>
      [
        ...new Set(targets.map(({ target, by }) => t(`targets.from.${target.source}`, { name: by.name }))),
      ].join(' · ');
    const column = (
      id: string,
      width: number,
      read: (entry: TargetEntry) => string,
      grow = 0,
    ): Column<TargetEntry> => ({
      id,
      title: t(`targets.columns.${id}`),
      width,
      grow,
      render: read,
      sortBy: read,
    });
    return [
      column('state', 12, state),
      column('object', 16, name, 1),
      column('reason', 24, reasons, 3),
      column('source', 16, sources, 1),
      column('frame', 14, ({ targets }) => targets[0].target.frame, 1),
    ];
  }, [t]);
}
