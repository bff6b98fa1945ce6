/** The tools to measure with, each with its key, and what was measured on this unit: kept until it is removed. */
import { X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { CommandKey } from '../../../app/CommandKey.tsx';
import { useCommandRegistry } from '../../../app/commands.ts';
import { IconButton } from '../../../ui/IconButton.tsx';
import side from '../side.module.css';
import { useDesk, useDeskState } from '../useDesk.ts';
import type { Subject } from '../useSubject.ts';
import { isOverLimit, namedQuantities, partsOf, partsText, valueText } from './handMeasures.ts';
import styles from './measure.module.css';
import { useKeptMeasures } from './useKeptMeasures.ts';

const tools = ['ruler', 'angle', 'height', 'ray'] as const;
const ofTheBox = ['floor', 'gap'] as const;

export function MeasureList({ subject }: { subject: Subject | null }) {
  const { t } = useTranslation();
  const desk = useDesk();
  const kept = useKeptMeasures();
  const label = subject?.label ?? null;
  return (
    <section className={side.section} data-testid="measures">
      <h2 className={side.heading}>{t('measure.title')}</h2>
      <div className={styles.tools}>
        {tools.map((tool) => (
          <ToolButton key={tool} tool={tool} />
        ))}
        {label?.isUsable && ofTheBox.map((tool) => <ToolButton key={tool} tool={tool} />)}
      </div>
      {kept.length > 0 && (
        <ul className={styles.list}>
          {kept.map((measure, at) => {
            const parts = partsOf(measure, label);
            const name = namedQuantities.has(measure.quantity)
              ? t(`measure.quantity.${measure.quantity}`)
              : measure.quantity;
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: two measures may be the same in everything else
              <li key={at} data-over={isOverLimit(measure) || undefined}>
                <span>{name}</span>
                <b>{valueText(measure)}</b>
                <IconButton
                  label={t('measure.remove', { name })}
                  onClick={() =>
                    desk.setDraft({ measures: desk.draft().measures.filter((_, other) => other !== at) })
                  }
                >
                  <X size={14} aria-hidden="true" />
                </IconButton>
                {measure.limit !== null && (
                  <small>
                    {t('measure.limit', { limit: valueText({ ...measure, value: measure.limit }) })}
                  </small>
                )}
                {parts && <small>{t('measure.parts', partsText(parts))}</small>}
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}

function ToolButton({ tool }: { tool: (typeof tools)[number] | (typeof ofTheBox)[number] }) {
  const { t } = useTranslation();
  const registry = useCommandRegistry();
  const isOut = useDeskState((state) => state.tool === tool);
  const id = `review.${tool}`;
  return (
    <button
      type="button"
      className={styles.tool}
      aria-pressed={isOut}
      title={t(`measure.commands.${tool}`)}
      data-testid={`tool-${tool}`}
      onClick={() => {
        const command = registry.store.getState().commands.find((entry) => entry.id === id);
        if (command && (command.isEnabled?.() ?? true)) registry.run(command);
      }}
    >
      {t(`measure.tool.${tool}`)} <CommandKey id={id} />
    </button>
  );
}
