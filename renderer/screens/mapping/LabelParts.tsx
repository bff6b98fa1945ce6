/** The form about labels: which files, what stands where, and what the numbers mean. */
import { Checkbox, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import {
  angleUnits,
  axesNames,
  boxKinds,
  eulerOrders,
  labelFormats,
  lengthUnits,
  type Mapping,
  origins,
  type RotationMapping,
  rotationKinds,
  textEncodings,
  turnSigns,
  zeroAxes,
} from '../../../shared/readers/mapped/mappingDocument.ts';
import page from '../../ui/page.module.css';
import { Section } from '../../ui/Section.tsx';
import { ChoiceInput, FieldInput, LinesInput } from './inputs.tsx';

export interface PartProps {
  readonly mapping: Mapping;
  readonly onChange: (mapping: Mapping) => void;
}

const separators = ['auto', ',', ';', '\t', '|'] as const;

export function FilesPart({ mapping, onChange, found }: PartProps & { found: string }) {
  const { t } = useTranslation();
  const { labels } = mapping;
  const change = (part: Partial<Mapping['labels']>): void =>
    onChange({ ...mapping, labels: { ...labels, ...part } });
  return (
    <Section title={t('mapping.files')} aside={<span className={page.small}>{found}</span>}>
      <LinesInput
        label={t('mapping.labelFiles')}
        hint={t('mapping.patternHint')}
        value={labels.files}
        onChange={(files) => change({ files })}
        testId="mapping-files"
      />
      <div className={page.grid}>
        <ChoiceInput
          label={t('mapping.format')}
          value={labels.format}
          choices={labelFormats}
          names="mapping.formats"
          onChange={(format) => change({ format })}
          testId="mapping-format"
        />
        <ChoiceInput
          label={t('mapping.encoding')}
          value={labels.encoding}
          choices={textEncodings}
          names="mapping.encodings"
          onChange={(encoding) => change({ encoding })}
        />
        {labels.format === 'csv' ? (
          <>
            <ChoiceInput
              label={t('mapping.separator')}
              value={labels.separator ?? 'auto'}
              choices={separators}
              names="mapping.separators"
              onChange={(separator) => change({ separator: separator === 'auto' ? null : separator })}
            />
            <Checkbox
              label={t('mapping.header')}
              checked={labels.header}
              onChange={(event) => change({ header: event.currentTarget.checked })}
            />
          </>
        ) : (
          <TextInput
            className={page.wide ?? ''}
            label={t('mapping.list')}
            description={t('mapping.listHint')}
            value={labels.list}
            spellCheck={false}
            onChange={(event) => change({ list: event.currentTarget.value })}
            data-testid="mapping-list"
          />
        )}
      </div>
    </Section>
  );
}

const namedFields = ['class', 'track', 'id', 'frame', 'timestamp', 'scene', 'camera', 'points'] as const;

export function NamesPart({ mapping, onChange }: PartProps) {
  const { t } = useTranslation();
  const { fields } = mapping;
  return (
    <Section title={t('mapping.names')}>
      {namedFields.map((name) => (
        <FieldInput
          key={name}
          label={t(`mapping.field.${name}`)}
          value={fields[name]}
          onChange={(field) => onChange({ ...mapping, fields: { ...fields, [name]: field } })}
          testId={`mapping-${name}`}
        />
      ))}
      <Checkbox
        label={t('mapping.keepRest')}
        checked={mapping.keepRest}
        onChange={(event) => onChange({ ...mapping, keepRest: event.currentTarget.checked })}
      />
    </Section>
  );
}

export function CuboidPart({ mapping, onChange }: PartProps) {
  const { t } = useTranslation();
  const { fields } = mapping;
  const { center, size } = fields;
  const change = (part: Partial<Mapping['fields']>): void =>
    onChange({ ...mapping, fields: { ...fields, ...part } });
  return (
    <Section title={t('mapping.cuboid')}>
      {(['x', 'y', 'z'] as const).map((axis) => (
        <FieldInput
          key={axis}
          label={t('mapping.center', { axis })}
          value={center[axis]}
          onChange={(field) => change({ center: { ...center, [axis]: field } })}
          testId={`mapping-center-${axis}`}
        />
      ))}
      {(['length', 'width', 'height'] as const).map((side) => (
        <FieldInput
          key={side}
          label={t(`mapping.${side}`)}
          value={size[side]}
          onChange={(field) => change({ size: { ...size, [side]: field } })}
          testId={`mapping-${side}`}
        />
      ))}
      <div className={page.grid}>
        <ChoiceInput
          label={t('mapping.unit')}
          value={mapping.unit}
          choices={lengthUnits}
          names="mapping.units"
          onChange={(unit) => onChange({ ...mapping, unit })}
          testId="mapping-unit"
        />
        <ChoiceInput
          label={t('mapping.origin')}
          value={mapping.origin}
          choices={origins}
          names="mapping.origins"
          onChange={(origin) => onChange({ ...mapping, origin })}
          testId="mapping-origin"
        />
        <ChoiceInput
          label={t('mapping.axes')}
          value={mapping.axes}
          choices={axesNames}
          names="mapping.axesNames"
          onChange={(axes) => onChange({ ...mapping, axes })}
          testId="mapping-axes"
        />
        <ChoiceInput
          label={t('mapping.labelsIn')}
          value={mapping.labelsIn}
          choices={['frame', 'world']}
          names="mapping.labelsInNames"
          onChange={(labelsIn) => onChange({ ...mapping, labelsIn })}
        />
      </div>
      <RotationFields rotation={fields.rotation} onChange={(rotation) => change({ rotation })} isSampled />
    </Section>
  );
}

export interface RotationFieldsProps {
  readonly rotation: RotationMapping;
  readonly onChange: (rotation: RotationMapping) => void;
  readonly isSampled: boolean;
}

const partsOf = { none: [], yaw: ['yaw'], euler: ['x', 'y', 'z'], quaternion: ['x', 'y', 'z', 'w'] } as const;

export function RotationFields({ rotation, onChange, isSampled }: RotationFieldsProps) {
  const { t } = useTranslation();
  const { kind } = rotation;
  const change = (part: Partial<RotationMapping>): void => onChange({ ...rotation, ...part });
  const prefix = isSampled ? 'mapping' : 'mapping-pose';
  return (
    <>
      <ChoiceInput
        label={t('mapping.rotation')}
        value={kind}
        choices={rotationKinds}
        names="mapping.rotationKinds"
        onChange={(next) => change({ kind: next })}
        testId={`${prefix}-rotation`}
      />
      {partsOf[kind].map((part) => (
        <FieldInput
          key={part}
          label={t(kind === 'quaternion' ? 'mapping.quaternionPart' : `mapping.angle.${part}`, { part })}
          value={rotation[part]}
          onChange={(field) => change({ [part]: field })}
          isSampled={isSampled}
          testId={`${prefix}-rotation-${part}`}
        />
      ))}
      {kind !== 'none' && (
        <div className={page.grid}>
          {kind !== 'quaternion' && (
            <ChoiceInput
              label={t('mapping.angleUnit')}
              value={rotation.unit}
              choices={angleUnits}
              names="mapping.angleUnits"
              onChange={(unit) => change({ unit })}
              testId={`${prefix}-angle-unit`}
            />
          )}
          <ChoiceInput
            label={t('mapping.sign')}
            value={rotation.sign}
            choices={turnSigns}
            names={kind === 'quaternion' ? 'mapping.inverseNames' : 'mapping.signs'}
            onChange={(sign) => change({ sign })}
            testId={`${prefix}-sign`}
          />
          <ChoiceInput
            label={t('mapping.zero')}
            value={rotation.zero}
            choices={zeroAxes}
            onChange={(zero) => change({ zero })}
            testId={`${prefix}-zero`}
          />
          {kind === 'euler' && (
            <ChoiceInput
              label={t('mapping.order')}
              value={rotation.order}
              choices={eulerOrders}
              onChange={(order) => change({ order })}
            />
          )}
        </div>
      )}
    </>
  );
}

export function BoxPart({ mapping, onChange }: PartProps) {
  const { t } = useTranslation();
  const { fields } = mapping;
  const { box } = fields;
  const change = (part: Partial<typeof box>): void =>
    onChange({ ...mapping, fields: { ...fields, box: { ...box, ...part } } });
  return (
    <Section title={t('mapping.box')}>
      <ChoiceInput
        label={t('mapping.boxKind')}
        value={box.kind}
        choices={boxKinds}
        names="mapping.boxKinds"
        onChange={(kind) => change({ kind })}
      />
      {([0, 1, 2, 3] as const).map((at) => (
        <FieldInput
          key={at}
          label={t(`mapping.boxParts.${box.kind}.${at}`)}
          value={box.values[at]}
          onChange={(field) => {
            const [a, b, c, d] = box.values;
            const next: typeof box.values = [a, b, c, d];
            next[at] = field;
            change({ values: next });
          }}
        />
      ))}
    </Section>
  );
}

export function ClassesPart({ mapping, onChange, classes }: PartProps & { classes: readonly string[] }) {
  const { t } = useTranslation();
  const known = [...new Set([...classes, ...Object.keys(mapping.classes)])];
  const rename = (name: string, own: string | null | undefined): void => {
    const { [name]: _, ...others } = mapping.classes;
    onChange({ ...mapping, classes: own === undefined ? others : { ...others, [name]: own } });
  };
  return (
    <Section title={t('mapping.classes')}>
      {known.length === 0 && <p className={page.small}>{t('mapping.noClasses')}</p>}
      {known.map((name) => {
        const own = Object.hasOwn(mapping.classes, name) ? mapping.classes[name] : undefined;
        return (
          <div className={page.grid} key={name}>
            <TextInput
              label={name}
              placeholder={name}
              disabled={own === null}
              value={own ?? ''}
              onChange={(event) => rename(name, event.currentTarget.value || undefined)}
            />
            <Checkbox
              label={t('mapping.noLabel')}
              aria-label={`${name}: ${t('mapping.noLabel')}`}
              checked={own === null}
              onChange={(event) => rename(name, event.currentTarget.checked ? null : undefined)}
            />
          </div>
        );
      })}
    </Section>
  );
}
