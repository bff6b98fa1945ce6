/** What a frame holds, in numbers, and the label that was clicked. */
import { useTranslation } from 'react-i18next';
import { effectiveCalibration } from '../../../shared/geometry/imageCalibration.ts';
import { yawFromQuaternion } from '../../../shared/geometry/rotation.ts';
import { cuboidAt } from '../../../shared/model/labelRow.ts';
import { type LabelTable, NOT_STATED } from '../../../shared/model/labels.ts';
import { type Fact, Facts } from '../../ui/Facts.tsx';
import { count } from '../../ui/format.ts';
import { ProblemLine } from '../../ui/ProblemLine.tsx';
import { Section } from '../../ui/Section.tsx';
import { useEngine, useFacts } from '../../viewport/react/engineContext.tsx';
import { PointClassLegend } from '../../viewport/react/PointClassLegend.tsx';
import { trackName } from '../../viewport/trackName.ts';
import { attributeText } from '../review/labelFacts.ts';
import styles from './look.module.css';

export interface FrameFactsProps {
  readonly frame: number;
  readonly row: number | null;
}

export function FrameFacts({ frame, row }: FrameFactsProps) {
  const { t } = useTranslation();
  const { delivery, labels, source, others } = useEngine().index;
  const { space, timestampNanos, sweeps, images, radars, between, worldFromSpace } =
    delivery.frames.at(frame)!;
  const isShown = useFacts((facts) => facts.shown?.frame === frame);
  const points = useFacts((facts) => facts.pointCount);
  const problems = useFacts((facts) => facts.problems);
  const lenses = images.map((image) => effectiveCalibration(delivery, image)?.model.kind ?? 'none');
  const facts: Fact[] = [
    { name: t('look.space'), value: space },
    { name: t('look.time'), value: timeText(timestampNanos) },
    { name: t('look.points'), value: isShown ? count(points) : '…' },
    { name: t('look.sweeps'), value: sweeps.map(({ lidar }) => lidar).join(', ') || '–' },
    ...(radars ? [{ name: t('look.radars'), value: String(radars.length) }] : []),
    ...(between ? [{ name: t('look.sweepsBetween'), value: String(between.length) }] : []),
    { name: t('look.pose'), value: t(worldFromSpace ? 'look.known' : 'look.unknown') },
    {
      name: t('look.lenses'),
      value: [...new Set(lenses)].map((kind) => t(`look.lens.${kind}`)).join(', ') || '–',
    },
    { name: t('look.judged'), value: source.name === 'vendor' ? t('intake.sourceKind.vendor') : source.name },
    ...(others.length > 0
      ? [{ name: t('look.beside'), value: others.map(({ name }) => name).join(', ') }]
      : []),
  ];
  const byClass = classFacts(labels, frame, t('look.shapes'));
  return (
    <aside className={styles.side} data-testid="frame-facts">
      <Section title={t('look.inFrame')}>
        <Facts facts={facts} />
      </Section>
      <Section title={t('look.labels')}>
        {byClass.length > 0 ? <Facts facts={byClass} /> : <p className={styles.none}>{t('look.noLabels')}</p>}
      </Section>
      {delivery.pointClasses && <PointClassLegend classes={delivery.pointClasses} />}
      {row !== null && <LabelPart row={row} />}
      {problems.length > 0 && (
        <Section title={t('intake.problems')}>
          {problems.map((problem) => (
            <ProblemLine key={`${problem.code} ${problem.path}`} problem={problem} />
          ))}
        </Section>
      )}
    </aside>
  );
}

function LabelPart({ row }: { row: number }) {
  const { t } = useTranslation();
  const { labels } = useEngine().index;
  const { className, track, size, rotation, attributes, isDerived } = cuboidAt(labels, row);
  const stated = labels.cuboids.statedPoints[row]!;
  const heading = (yawFromQuaternion(rotation) * 180) / Math.PI;
  const facts: Fact[] = [
    { name: t('review.fact.track'), value: track === null ? '–' : trackName(track) },
    { name: t('review.fact.size'), value: `${size.map((extent) => extent.toFixed(2)).join(' × ')} m` },
    { name: t('review.fact.heading'), value: `${heading.toFixed(1)}°` },
    ...(stated === NOT_STATED ? [] : [{ name: t('look.stated'), value: count(stated) }]),
    ...(isDerived ? [{ name: t('look.derived'), value: t('look.known') }] : []),
    ...Object.entries(attributes).map(([name, value]) => ({ name, value: attributeText(value) })),
  ];
  return (
    <Section title={className}>
      <Facts facts={facts} />
    </Section>
  );
}

/** Labels of a frame by class, most first: cuboids and 2D boxes; then shapes of other kinds. */
function classFacts(
  { classes, cuboids, boxes2d, shapes }: LabelTable,
  frame: number,
  shapeName: string,
): Fact[] {
  const counts = new Map<number, [cuboids: number, boxes: number]>();
  for (const [kind, columns] of [cuboids, boxes2d].entries()) {
    for (let row = columns.frameStart[frame]!; row < columns.frameStart[frame + 1]!; row++) {
      const entry = counts.get(columns.classIndex[row]!) ?? [0, 0];
      entry[kind]!++;
      counts.set(columns.classIndex[row]!, entry);
    }
  }
  const rows = [...counts].sort(([, a], [, b]) => b[0] - a[0] || b[1] - a[1]);
  const inFrame = shapes.filter((shape) => shape.frame === frame).length;
  return [
    ...rows.map(([index, [solid, flat]]) => ({
      name: classes[index]!,
      value: flat === 0 ? String(solid) : `${solid} + ${flat} 2D`,
    })),
    ...(inFrame > 0 ? [{ name: shapeName, value: String(inFrame) }] : []),
  ];
}

/** Seconds with nine decimals; times since 1970 as a date and time in UTC. */
function timeText(nanos: string | null): string {
  if (nanos === null) return '–';
  const milliseconds = Number(BigInt(nanos) / 1_000_000n);
  const isDate = milliseconds > 9e11 && milliseconds < 4e12;
  return isDate ? new Date(milliseconds).toISOString().replace('T', ' ') : `${Number(nanos) / 1e9} s`;
}
