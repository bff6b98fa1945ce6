/** The form about sensors: clouds, pictures, lenses, and where the vehicle was. */
import { Button, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import {
  axesNames,
  type CalibrationMapping,
  directions,
  emptyMapping,
  labelFormats,
  lengthUnits,
  type PoseMapping,
} from '../../../shared/readers/mapped/mappingDocument.ts';
import page from '../../ui/page.module.css';
import { Section } from '../../ui/Section.tsx';
import { ChoiceInput, FieldInput, type FieldOrNumbers, LinesInput, ValueInput } from './inputs.tsx';
import { type PartProps, RotationFields } from './LabelParts.tsx';
import styles from './mapping.module.css';

interface EntriesProps<Entry> {
  readonly title: string;
  readonly entries: readonly Entry[];
  readonly fresh: Entry;
  readonly onChange: (entries: Entry[]) => void;
  readonly render: (entry: Entry, change: (part: Partial<Entry>) => void) => ReactNode;
  readonly testId: string;
}

/** A list of sensors, each with its fields; one can be added and taken away. */
function Entries<Entry>({ title, entries, fresh, onChange, render, testId }: EntriesProps<Entry>) {
  const { t } = useTranslation();
  return (
    <Section
      title={title}
      aside={
        <Button onClick={() => onChange([...entries, fresh])} data-testid={`${testId}-add`}>
          {t('mapping.add')}
        </Button>
      }
    >
      {entries.map((entry, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an entry has no name of its own while it is written
        <div className={styles.entry} key={at}>
          {render(entry, (part) => onChange(entries.with(at, { ...entry, ...part })))}
          <Button onClick={() => onChange(entries.toSpliced(at, 1))}>{t('mapping.remove')}</Button>
        </div>
      ))}
    </Section>
  );
}

export function LidarsPart({ mapping, onChange }: PartProps) {
  const { t } = useTranslation();
  return (
    <Entries
      title={t('mapping.lidars')}
      testId="mapping-lidars"
      entries={mapping.lidars}
      fresh={{ name: 'lidar', files: '{frame}.pcd', axes: emptyMapping.axes, spaceFromPoints: null }}
      onChange={(lidars) => onChange({ ...mapping, lidars })}
      render={(lidar, change) => (
        <div className={page.grid}>
          <TextInput
            label={t('mapping.pattern')}
            value={lidar.files}
            spellCheck={false}
            onChange={(event) => change({ files: event.currentTarget.value })}
          />
          <TextInput
            label={t('mapping.lidarName')}
            value={lidar.name}
            onChange={(event) => change({ name: event.currentTarget.value })}
          />
          <ChoiceInput
            label={t('mapping.pointAxes')}
            value={lidar.axes}
            choices={axesNames}
            names="mapping.axesNames"
            onChange={(axes) => change({ axes })}
          />
          <ValueInput
            label={t('mapping.spaceFromPoints')}
            value={lidar.spaceFromPoints}
            onChange={(value) => change({ spaceFromPoints: Array.isArray(value) ? value : null })}
          />
        </div>
      )}
    />
  );
}

export function ImagesPart({ mapping, onChange }: PartProps) {
  const { t } = useTranslation();
  return (
    <Entries
      title={t('mapping.images')}
      testId="mapping-images"
      entries={mapping.images}
      fresh={{ camera: '', files: '{camera}/{frame}.jpg' }}
      onChange={(images) => onChange({ ...mapping, images })}
      render={(image, change) => (
        <div className={page.grid}>
          <TextInput
            label={t('mapping.pattern')}
            value={image.files}
            spellCheck={false}
            onChange={(event) => change({ files: event.currentTarget.value })}
          />
          <TextInput
            label={t('mapping.cameraName')}
            placeholder="{camera}"
            value={image.camera}
            onChange={(event) => change({ camera: event.currentTarget.value })}
          />
        </div>
      )}
    />
  );
}

const lensValues = ['matrix', 'fx', 'fy', 'cx', 'cy', 'distortion', 'extrinsic', 'width', 'height'] as const;
const listValues: readonly string[] = ['matrix', 'distortion', 'extrinsic'];

/** A list where one is meant: a single number in its place is a list of one. */
function fitting(name: (typeof lensValues)[number], value: FieldOrNumbers): FieldOrNumbers {
  if (listValues.includes(name)) return typeof value === 'number' ? [value] : value;
  return Array.isArray(value) ? (value[0] ?? null) : value;
}

const freshCalibration: CalibrationMapping = {
  camera: '',
  file: null,
  model: 'pinhole',
  matrix: null,
  fx: null,
  fy: null,
  cx: null,
  cy: null,
  distortion: null,
  extrinsic: null,
  direction: 'camera-from-lidar',
  unit: 'm',
  width: null,
  height: null,
};

export function CalibrationsPart({ mapping, onChange }: PartProps) {
  const { t } = useTranslation();
  return (
    <Entries
      title={t('mapping.calibrations')}
      testId="mapping-calibrations"
      entries={mapping.calibrations}
      fresh={freshCalibration}
      onChange={(calibrations) => onChange({ ...mapping, calibrations })}
      render={(lens, change) => (
        <div className={page.grid}>
          <TextInput
            label={t('mapping.calibrationFile')}
            value={lens.file ?? ''}
            placeholder="calib/{camera}.json"
            spellCheck={false}
            onChange={(event) => change({ file: event.currentTarget.value || null })}
          />
          <TextInput
            label={t('mapping.cameraName')}
            placeholder={t('mapping.everyCamera')}
            value={lens.camera}
            onChange={(event) => change({ camera: event.currentTarget.value })}
          />
          <ChoiceInput
            label={t('mapping.lensModel')}
            value={lens.model}
            choices={['pinhole', 'fisheye']}
            names="look.lens"
            onChange={(model) => change({ model })}
          />
          <ChoiceInput
            label={t('mapping.direction')}
            value={lens.direction}
            choices={directions}
            names="mapping.directions"
            onChange={(direction) => change({ direction })}
          />
          {lensValues.map((name) => (
            <ValueInput
              key={name}
              label={t(`mapping.lens.${name}`)}
              value={lens[name]}
              onChange={(value) => change({ [name]: fitting(name, value) })}
              testId={`mapping-lens-${name}`}
            />
          ))}
          <ChoiceInput
            label={t('mapping.unit')}
            value={lens.unit}
            choices={lengthUnits}
            names="mapping.units"
            onChange={(unit) => change({ unit })}
          />
        </div>
      )}
    />
  );
}

const { rotation: plainRotation, center: nowhere } = emptyMapping.fields;

const freshPoses: PoseMapping = {
  files: ['poses.json'],
  format: 'json',
  encoding: 'auto',
  separator: null,
  header: true,
  list: '',
  scene: null,
  frame: null,
  timestamp: null,
  position: nowhere,
  rotation: plainRotation,
  matrix: null,
  unit: 'm',
  axes: emptyMapping.axes,
};

export function PosesPart({ mapping, onChange }: PartProps) {
  const { t } = useTranslation();
  const { poses } = mapping;
  const change = (part: Partial<PoseMapping>): void =>
    onChange({ ...mapping, poses: { ...(poses ?? freshPoses), ...part } });
  const field = (name: 'frame' | 'timestamp' | 'scene' | 'matrix', label: string) => (
    <FieldInput
      label={label}
      value={poses?.[name] ?? null}
      onChange={(value) => change({ [name]: value })}
      isSampled={false}
    />
  );
  const toggle = (
    <Button
      onClick={() => onChange({ ...mapping, poses: poses === null ? freshPoses : null })}
      data-testid="mapping-poses-add"
    >
      {t(poses === null ? 'mapping.add' : 'mapping.remove')}
    </Button>
  );
  return (
    <Section title={t('mapping.poses')} aside={toggle}>
      {poses !== null && (
        <div className={styles.entry}>
          <LinesInput
            label={t('mapping.poseFiles')}
            value={poses.files}
            onChange={(files) => change({ files })}
          />
          <div className={page.grid}>
            <ChoiceInput
              label={t('mapping.format')}
              value={poses.format}
              choices={labelFormats}
              names="mapping.formats"
              onChange={(format) => change({ format })}
            />
            <TextInput
              label={t('mapping.list')}
              value={poses.list}
              spellCheck={false}
              onChange={(event) => change({ list: event.currentTarget.value })}
            />
            <ChoiceInput
              label={t('mapping.unit')}
              value={poses.unit}
              choices={lengthUnits}
              names="mapping.units"
              onChange={(unit) => change({ unit })}
            />
            <ChoiceInput
              label={t('mapping.axes')}
              value={poses.axes}
              choices={axesNames}
              names="mapping.axesNames"
              onChange={(axes) => change({ axes })}
            />
          </div>
          {field('frame', t('mapping.field.frame'))}
          {field('timestamp', t('mapping.field.timestamp'))}
          {field('scene', t('mapping.field.scene'))}
          {field('matrix', t('mapping.poseMatrix'))}
          {(['x', 'y', 'z'] as const).map((axis) => (
            <FieldInput
              key={axis}
              label={t('mapping.position', { axis })}
              value={poses.position[axis]}
              onChange={(value) => change({ position: { ...poses.position, [axis]: value } })}
              isSampled={false}
            />
          ))}
          <RotationFields
            rotation={poses.rotation}
            onChange={(rotation) => change({ rotation })}
            isSampled={false}
          />
        </div>
      )}
    </Section>
  );
}
