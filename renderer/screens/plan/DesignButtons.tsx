/** What is tried out can be taken back step by step, or recorded before it is frozen. */
import { Button } from '@mantine/core';
import { Undo2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { CommandKey } from '../../app/CommandKey.tsx';
import { useCommand } from '../../app/commands.ts';
import type { Design } from './useDesign.ts';

export function DesignButtons({ design, canKeep }: { design: Design; canKeep: boolean }) {
  const { t } = useTranslation();
  useCommand({
    id: 'plan.undo',
    room: 'plan',
    titleKey: 'designer.commands.undo',
    keys: ['Mod+Z'],
    run: design.undo,
    isEnabled: () => design.canUndo,
  });
  useCommand({
    id: 'plan.keep',
    room: 'plan',
    titleKey: 'designer.commands.keep',
    keys: ['Mod+Shift+S'],
    run: () => void design.keep(),
    isEnabled: () => design.isChanged && canKeep,
  });
  return (
    <>
      <Button
        disabled={!design.canUndo}
        onClick={design.undo}
        leftSection={<Undo2 size={16} />}
        rightSection={<CommandKey id="plan.undo" />}
        data-testid="undo-design"
      >
        {t('designer.undo')}
      </Button>
      <Button
        disabled={!design.isChanged || !canKeep}
        onClick={() => void design.keep()}
        rightSection={<CommandKey id="plan.keep" />}
        data-testid="keep-design"
      >
        {t('designer.keep')}
      </Button>
    </>
  );
}
