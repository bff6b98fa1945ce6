/** Lists to pick from by typing: any class for a missing object, any cell to go to. */
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { QaSpec } from '../../../shared/audit/qaSpec.ts';
import { PickList } from '../review/PickList.tsx';
import { cellName } from './cellName.ts';
import type { SearchDesk } from './searchDesk.ts';

export function ClassPicker({ desk, spec }: { desk: SearchDesk; spec: QaSpec }) {
  const { t, i18n } = useTranslation();
  const language = i18n.language === 'zh' ? 'zh' : 'en';
  const isOpen = useStore(desk.store, (state) => state.isNaming);
  return (
    <PickList
      isOpen={isOpen}
      title={t('search.whichClass')}
      placeholder={t('search.classPlaceholder')}
      items={spec.classes.map((entry) => ({
        id: entry.name,
        text: entry.title[language],
        detail: entry.name,
      }))}
      onClose={() => desk.patch({ isNaming: false })}
      onPick={(name) => {
        const entry = spec.classes.find((candidate) => candidate.name === name);
        if (entry) desk.name(entry);
      }}
    />
  );
}

export function CellPicker({ desk, spec }: { desk: SearchDesk; spec: QaSpec }) {
  const { t } = useTranslation();
  const isOpen = useStore(desk.store, (state) => state.isJumping);
  const items = isOpen
    ? desk.cells.map((cell, at) => ({
        id: cell.id,
        text: `${at + 1} · ${cellName(cell, spec, t)}`,
        detail: cell.frame,
      }))
    : [];
  return (
    <PickList
      isOpen={isOpen}
      title={t('search.jumpTitle')}
      placeholder={t('search.jumpPlaceholder')}
      items={items}
      onClose={() => desk.patch({ isJumping: false })}
      onPick={(id) => desk.goTo(desk.cells.findIndex((cell) => cell.id === id))}
    />
  );
}
