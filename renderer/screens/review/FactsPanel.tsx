/** What is known of the label: numbers with their units, and the attributes the spec requires. */
import { useTranslation } from 'react-i18next';
import { yawFromQuaternion } from '../../../shared/geometry/rotation.ts';
import { useEngine } from '../../viewport/react/engineContext.tsx';
import { trackName } from '../../viewport/trackName.ts';
import { attributeRows, rangeOf } from './labelFacts.ts';
import { signed } from './numbers.ts';
import styles from './side.module.css';
import type { Subject } from './useSubject.ts';

export function FactsPanel({ subject, inside }: { subject: Subject; inside: number | null }) {
  const { t, i18n } = useTranslation();
  const { delivery } = useEngine().index;
  const language = i18n.language === 'zh' ? 'zh' : 'en';
  const { label, box, entry, unit, speed } = subject;
  const named = label ?? box;
  const frame = delivery.frames.at(subject.frame)!;
  const facts: { name: string; value: string; isWide?: boolean }[] = [];
  const add = (name: string, value: string, isWide = false): void => {
    facts.push({ name: t(`review.fact.${name}`), value, isWide });
  };
  if (named) {
    // The heading says the spec's name; the vendor's own word matters where it is another.
    const isSame = entry?.title[language].toLowerCase() === named.className.toLowerCase();
    if (!isSame) add('class', named.className, true);
    add('track', named.track === null ? t('review.fact.none') : trackName(named.track));
  }
  if (label?.isUsable) {
    add('range', `${rangeOf(label).toFixed(1)} m`);
    add('points', inside === null ? '…' : String(inside));
    // Why it is not known is said below the plot of speeds.
    add('speed', speed === null ? '–' : `${speed.toFixed(1)} m/s`);
    add('heading', `${signed((yawFromQuaternion(label.rotation) * 180) / Math.PI, 1)}°`);
    add('size', `${label.size.map((extent) => extent.toFixed(2)).join(' × ')} m`, true);
  }
  if (box) {
    const [left, top, right, bottom] = box.ltrb;
    add('camera', delivery.cameras[box.camera]!.name);
    add('box', `${(right - left).toFixed(0)} × ${(bottom - top).toFixed(0)} px`);
  }
  if (unit.kind === 'scene') add('scene', unit.scene, true);
  add('frame', frame.id, true);
  const rows = attributeRows(entry, named?.attributes ?? {});
  return (
    <section className={styles.section} data-testid="facts">
      <h2 className={styles.unit}>
        {entry ? entry.title[language] : (named?.className ?? t(`review.kinds.${unit.kind}`))}
        {named && !entry && <span className={styles.warn}>{t('review.fact.unlisted')}</span>}
      </h2>
      <dl className={styles.facts}>
        {facts.map(({ name, value, isWide }) => (
          <div key={name} data-wide={isWide || undefined}>
            <dt>{name}</dt>
            <dd title={value}>{value}</dd>
          </div>
        ))}
        {rows.map(({ name, value, state }) => (
          <div key={name} data-wide data-state={state}>
            <dt>
              {name} {state !== 'extra' && <i>{t('review.fact.required')}</i>}
            </dt>
            <dd title={value ?? ''}>
              {value ?? t('review.fact.missing')}
              {state === 'not-allowed' && <i> {t('review.fact.notAllowed')}</i>}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
