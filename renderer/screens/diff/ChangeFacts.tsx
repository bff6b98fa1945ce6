/** The label of a change before and after, number by number; what differs is marked. */
import { useTranslation } from 'react-i18next';
import { yawFromQuaternion } from '../../../shared/geometry/rotation.ts';
import { box2dAt, cuboidAt } from '../../../shared/model/labelRow.ts';
import type { LabelTable } from '../../../shared/model/labels.ts';
import { Section } from '../../ui/Section.tsx';
import { trackName } from '../../viewport/trackName.ts';
import { attributeText } from '../review/labelFacts.ts';
import styles from './diff.module.css';
import type { Sides } from './sides.ts';
import type { ListedChange } from './useDiff.ts';

type Values = ReadonlyMap<string, string>;

export function ChangeFacts({ sides, change }: { sides: Sides; change: ListedChange }) {
  const { t } = useTranslation();
  const old = valuesOf(sides.tables.old, change.oldRow, change.label);
  const now = valuesOf(sides.tables.now, change.nowRow, change.label);
  const names = [...new Set([...old.keys(), ...now.keys()])];
  return (
    <Section title={`${change.class} ${change.object}`}>
      <table className={styles.facts}>
        <thead>
          <tr>
            <th scope="col">{t('diff.fact.what')}</th>
            <th scope="col">{t('diff.side.old')}</th>
            <th scope="col">{t('diff.side.now')}</th>
          </tr>
        </thead>
        <tbody>
          {names.map((name) => {
            const isOther = old.get(name) !== now.get(name);
            return (
              <tr key={name} data-other={isOther || undefined}>
                <th scope="row">{fixedNames.has(name) ? t(`diff.fact.${name}`) : name}</th>
                <td>{old.get(name) ?? '–'}</td>
                <td>
                  {now.get(name) ?? '–'}
                  {isOther && <span className={styles.hidden}> {t('diff.fact.differs')}</span>}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Section>
  );
}

const fixedNames: ReadonlySet<string> = new Set([
  'label',
  'class',
  'track',
  'center',
  'size',
  'heading',
  'box',
]);

function valuesOf(labels: LabelTable, row: number, kind: ListedChange['label']): Values {
  if (row < 0) return new Map();
  const metres = (values: readonly number[]): string => values.map((value) => value.toFixed(2)).join(', ');
  if (kind === 'box2d') {
    const { id, className, track, ltrb, attributes } = box2dAt(labels, row);
    return new Map([
      ['label', id],
      ['class', className],
      ['track', track === null ? '–' : trackName(track)],
      ['box', ltrb.map((value) => value.toFixed(1)).join(', ')],
      ...Object.entries(attributes).map(([name, value]) => [name, attributeText(value)] as const),
    ]);
  }
  const { id, className, track, center, size, rotation, attributes } = cuboidAt(labels, row);
  const degrees = (yawFromQuaternion(rotation) * 180) / Math.PI;
  return new Map([
    ['label', id],
    ['class', className],
    ['track', track === null ? '–' : trackName(track)],
    ['center', metres(center)],
    ['size', size.map((value) => value.toFixed(2)).join(' × ')],
    ['heading', `${degrees.toFixed(1)}°`],
    ...Object.entries(attributes).map(([name, value]) => [name, attributeText(value)] as const),
  ]);
}
