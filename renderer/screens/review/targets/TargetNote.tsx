/** Why the label in front is in the targeted queue, and who or what wanted it looked at. */
import { useTranslation } from 'react-i18next';
import type { QueuedTarget } from '../../../../shared/audit/state.ts';
import { targetsOf } from '../../../../shared/audit/targetsDesk.ts';
import { dateTime } from '../../../ui/format.ts';
import side from '../side.module.css';
import { useVisibleQueue } from './queue.ts';
import styles from './targets.module.css';

export function TargetNote({ unit }: { unit: string }) {
  const { t } = useTranslation();
  const targets = targetsOf(useVisibleQueue(), unit);
  return (
    <section className={side.section} data-testid="target-note">
      <h2 className={side.heading}>{t('targets.why')}</h2>
      <ul className={styles.reasons}>
        {targets.map((queued) => (
          <li key={queued.target.id}>
            <b>{queued.target.reason}</b>
            <small>
              <Origin queued={queued} />
            </small>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Origin({ queued: { target, by, at } }: { queued: QueuedTarget }) {
  const { t } = useTranslation();
  const params = { name: by.name, at: dateTime(at) };
  if (target.probability === null) return t(`targets.origin.${target.source}`, params);
  return t('targets.origin.drawn', { ...params, chance: chanceText(target.probability) });
}

/** `12 %`, `0.4 %`. */
function chanceText(chance: number): string {
  const percent = 100 * chance;
  return `${percent >= 10 || percent === 0 ? percent.toFixed(0) : percent.toPrecision(2)} %`;
}
