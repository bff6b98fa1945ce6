/** The delivery as the mapping reads it just now: a frame with its labels, what was found, and what is wrong. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OpenedDelivery } from '../../../shared/host/contract.ts';
import type { DeliveryIndex } from '../../../shared/model/labels.ts';
import { CommandKey } from '../../app/CommandKey.tsx';
import { useCommands } from '../../app/commands.ts';
import { Facts } from '../../ui/Facts.tsx';
import { count } from '../../ui/format.ts';
import { ProblemLine } from '../../ui/ProblemLine.tsx';
import page from '../../ui/page.module.css';
import { EngineProvider } from '../../viewport/react/engineContext.tsx';
import { LookViews } from '../look/LookBench.tsx';
import styles from './mapping.module.css';

export interface PreviewProps {
  readonly opened: OpenedDelivery;
  readonly index: DeliveryIndex;
}

/** Problems shown; the rest are counted. */
const SHOWN_PROBLEMS = 12;

/** The frame looked at while the mapping changes: the one that was stepped to, else the first with labels. */
function shownFrame({ delivery, labels }: DeliveryIndex, wanted: string | null): number {
  const { frames } = delivery;
  for (let at = 0; wanted !== null && at < frames.length; at++)
    if (delivery.frameIds.at(at) === wanted) return at;
  const first = labels.cuboids.count > 0 ? labels.cuboids.frame[0]! : labels.boxes2d.frame[0];
  return first ?? 0;
}

export function Preview({ opened, index }: PreviewProps) {
  const { t } = useTranslation();
  const [wanted, setWanted] = useState<string | null>(null);
  const [row, setRow] = useState<number | null>(null);
  const { frames, frameIds } = index.delivery;
  const frame = shownFrame(index, wanted);
  const { counts, problems } = opened;
  const goTo = (at: number): void => {
    if (at < 0 || at >= frames.length) return;
    setWanted(frameIds.at(at)!);
    setRow(null);
  };
  const step = (id: string, key: string, by: number) => ({
    id: `mapping.${id}`,
    room: 'mapping',
    titleKey: `look.commands.${id}`,
    keys: [key],
    run: () => goTo(frame + by),
    repeats: true,
  });
  useCommands([step('frameBack', '[', -1), step('frameOn', ']', 1)]);
  // Errors of the mapping itself come first: until they are mended, the rest mostly follows from them.
  const ordered = problems.toSorted((a, b) => rank(a.severity) - rank(b.severity));
  const button = (by: number, label: string, command: string) => (
    <button
      type="button"
      className={styles.step}
      aria-label={label}
      disabled={frame + by < 0 || frame + by >= frames.length}
      onClick={() => goTo(frame + by)}
    >
      <CommandKey id={command} />
    </button>
  );
  return (
    <>
      <div className={styles.line}>
        {button(-1, t('look.commands.frameBack'), 'mapping.frameBack')}
        {button(1, t('look.commands.frameOn'), 'mapping.frameOn')}
        <b data-testid="mapping-shown-frame">
          {t('look.frame', { at: frames.length === 0 ? 0 : frame + 1, count: frames.length })}
        </b>
      </div>
      <div className={styles.views}>
        {frames.length > 0 ? (
          <EngineProvider key={opened.delivery} index={index} delivery={opened.delivery}>
            <LookViews frame={frame} row={row} onSelect={setRow} />
          </EngineProvider>
        ) : (
          <p className={styles.nothing}>{t('mapping.nothing')}</p>
        )}
      </div>
      <section
        className={styles.found}
        aria-label={t('mapping.found')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
        tabIndex={0}
        data-testid="mapping-found"
      >
        <Facts
          facts={[
            { name: t('mapping.count.frames'), value: count(counts.frames) },
            { name: t('mapping.count.cuboids'), value: count(counts.cuboids) },
            { name: t('mapping.count.boxes2d'), value: count(counts.boxes2d) },
            { name: t('mapping.count.tracks'), value: count(counts.tracks) },
            { name: t('mapping.count.classes'), value: Object.keys(counts.byClass).join(', ') || '–' },
          ]}
        />
        <div className={styles.problems} data-testid="mapping-problems">
          {ordered.length === 0 && <p className={page.small}>{t('mapping.noProblems')}</p>}
          {ordered.slice(0, SHOWN_PROBLEMS).map((problem, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: problems have no name, and rows may repeat
            <ProblemLine key={at} problem={problem} />
          ))}
          {ordered.length > SHOWN_PROBLEMS && (
            <p className={page.small}>
              {t('mapping.moreProblems', { count: ordered.length - SHOWN_PROBLEMS })}
            </p>
          )}
        </div>
      </section>
    </>
  );
}

function rank(severity: 'error' | 'warning' | 'info'): number {
  return ['error', 'warning', 'info'].indexOf(severity);
}
