/** `assay diff`: what changed from one delivery to the next of the same data, and what became of the findings. */
import defaultSpec from '../../../assets/qa-spec.default.json' with { type: 'json' };
import { qaSpecSchema } from '../../../shared/audit/qaSpec.ts';
import { reworkOutcome } from '../../../shared/audit/reworkOutcome.ts';
import { isIgnoreRegion } from '../../../shared/audit/specLookup.ts';
import type { AuditState } from '../../../shared/audit/state.ts';
import { ProblemError } from '../../../shared/base/problem.ts';
import { problemSentence } from '../../../shared/messages/translate.ts';
import type { DeliveryIndex, LabelTable } from '../../../shared/model/labels.ts';
import {
  type ChangeKind,
  changeKinds,
  type LabelChange,
  labelChanges,
} from '../../../shared/scoring/labelChanges.ts';
import { type LabelSets, labelSets } from '../../../shared/scoring/labelSets.ts';
import { checkRecord, openRecord } from '../../services/audit/recordSource.ts';
import type { Command, CommandContext, OptionValues } from '../command.ts';
import { CommandFailure, ExitCode } from '../exitCodes.ts';
import { deliveryOptions, withDelivery } from '../openForCommand.ts';
import { table } from '../output.ts';
import { numberOption, requirePositional, textOption } from '../values.ts';
import { usualGate } from './score.ts';

const { compare: _compare, ...readingOptions } = deliveryOptions;

/** What another writer's rounding may do. */
const usualFloor = { meters: 0.01, radians: 0.005, pixels: 0.5 } as const;

/** One change as the answer has it. */
interface ChangeRow {
  readonly label: 'cuboid' | 'box2d';
  readonly kind: ChangeKind;
  readonly scene: string;
  readonly frame: string;
  readonly camera: string | null;
  readonly object: string;
  readonly track: string | null;
  readonly class: string;
  readonly amount: number;
  readonly from?: string | null;
  readonly to?: string | null;
}

export const diffCommand: Command = {
  name: 'diff',
  usage:
    '<old> <new> [--findings <audit folder or bundle>] [--least METRES] [--sensors DIR] [--labels NAME] [--between] [--mapping FILE]',
  example: 'assay diff ./batch-0142 ./batch-0142-second --findings ./batch-0142.assay.zip',
  options: { ...readingOptions, findings: { type: 'string' }, least: { type: 'string' } },
  async run(input, context) {
    const old = requirePositional(input, 0, 'old');
    const compare = requirePositional(input, 1, 'new');
    const audit = await auditOf(input.values);
    const meters = numberOption(input.values, 'least', { least: 0, most: 100 }) ?? usualFloor.meters;
    const asked = { values: { ...input.values, compare }, positionals: [old] };
    return withDelivery(asked, context, async ({ index }) => {
      for (const problem of index.problems.filter(({ code }) => code.startsWith('label-source-frames'))) {
        context.output.remark(problemSentence(context.t, problem));
      }
      const floor = { ...usualFloor, meters };
      const parts = [cuboidPart(index, floor), boxPart(index, floor)];
      const rows = parts.flatMap(({ changes, row }) => changes.map(row));
      const unchanged = parts.reduce((sum, part) => sum + part.unchanged, 0);
      const byKind = Object.fromEntries(
        changeKinds.map((kind) => [kind, rows.filter((change) => change.kind === kind)]),
      );
      const rework = audit && reworkOf(parts[0]!, index, audit);
      context.output.answer({ ...byKind, unchanged, ...rework }, () =>
        linesOf(rows, unchanged, rework, context),
      );
      return ExitCode.done;
    });
  },
};

async function auditOf(values: OptionValues): Promise<AuditState | null> {
  const named = textOption(values, 'findings');
  if (named === null) return null;
  const source = await openRecord(named);
  if (!source.ok) throw new ProblemError(source.problem);
  const { state } = await checkRecord(source.value, null);
  if (state === null) throw new CommandFailure(ExitCode.badInput, 'emptyRecord', { path: named });
  return state;
}

type Floor = Parameters<typeof labelChanges>[3];

interface Part {
  readonly sets: LabelSets;
  readonly changes: readonly LabelChange[];
  readonly pairs: ReturnType<typeof labelChanges>['pairs'];
  readonly unchanged: number;
  readonly row: (change: LabelChange) => ChangeRow;
}

function cuboidPart(index: DeliveryIndex, floor: Floor): Part {
  return part(index, 'center', floor);
}

function boxPart(index: DeliveryIndex, floor: Floor): Part {
  return part(index, 'iou2d', floor);
}

function part(index: DeliveryIndex, likeness: 'center' | 'iou2d', floor: Floor): Part {
  const now = index.others.at(-1)!.labels;
  const sets = labelSets(index.labels, now, likeness, (name) => !isIgnoreRegion(name));
  const spec = qaSpecSchema.parse(defaultSpec);
  const gates = sets.classes.map((name) => usualGate(spec, name, likeness));
  const tables = { old: index.labels, now };
  const { changes, pairs } = labelChanges(sets, tables, (classIndex) => gates[classIndex]!, floor);
  const changed = new Set(changes.filter((change) => change.old >= 0).map((change) => change.old));
  return {
    sets,
    changes,
    pairs,
    unchanged: pairs.filter(({ reference }) => !changed.has(reference)).length,
    row: (change) => rowOf(index, { old: index.labels, now }, sets, change),
  };
}

function rowOf(
  { delivery }: DeliveryIndex,
  tables: { readonly old: LabelTable; readonly now: LabelTable },
  sets: LabelSets,
  change: LabelChange,
): ChangeRow {
  const isNew = change.old < 0;
  const [set, labels, at] = isNew
    ? [sets.candidate, tables.now, change.now]
    : [sets.reference, tables.old, change.old];
  const isBox = sets.likeness === 'iou2d';
  const columns = isBox ? labels.boxes2d : labels.cuboids;
  const row = set.rows[at]!;
  const frame = delivery.frames.at(set.frame[at]!)!;
  const { old: _old, now: _now, ...rest } = change;
  return {
    label: isBox ? 'box2d' : 'cuboid',
    scene: delivery.scenes[frame.scene]!.id,
    frame: frame.id,
    camera: isBox ? delivery.cameras[labels.boxes2d.camera[row]!]!.name : null,
    object: columns.id.at(row)!,
    track: set.track[at]! < 0 ? null : labels.tracks[set.track[at]!]!,
    class: sets.classes[set.classIndex[at]!]!,
    ...rest,
  };
}

function reworkOf(cuboids: Part, index: DeliveryIndex, audit: AuditState) {
  const now = index.others.at(-1)!.labels;
  const standing = audit.findings.filter(({ status }) => status !== 'overturned');
  const redelivery = { index, now, sets: cuboids.sets, diff: cuboids };
  const { findings, introduced } = reworkOutcome(redelivery, standing, audit.spec?.spec ?? null);
  const ofOutcome = (outcome: (typeof findings)[number]['outcome']) =>
    findings
      .filter((entry) => entry.outcome === outcome)
      .map(({ finding: { id, scene, frame, label, track, defect } }) => ({
        finding: id,
        code: defect.code,
        severity: defect.severity,
        ...{ scene, frame, object: label, track },
      }));
  return {
    fixed: ofOutcome('fixed'),
    remaining: ofOutcome('remaining'),
    unclear: ofOutcome('unclear'),
    introduced: introduced.map(cuboids.row),
  };
}

function linesOf(
  rows: readonly ChangeRow[],
  unchanged: number,
  rework: ReturnType<typeof reworkOf> | null,
  { t }: CommandContext,
): string[] {
  const word = (key: string) => t(`cli.words.${key}`);
  const count = (kind: ChangeKind): number => rows.filter((row) => row.kind === kind).length;
  const shown = ({ kind, amount, from, to }: ChangeRow): string =>
    from === undefined
      ? ['added', 'removed'].includes(kind)
        ? ''
        : amount.toFixed(3)
      : `${from ?? '–'} → ${to ?? '–'}`;
  return [
    ...table([
      ...changeKinds.map((kind) => [t(`cli.changes.${kind}`), count(kind)]),
      [t('cli.changes.unchanged'), unchanged],
      ...(rework
        ? (['fixed', 'remaining', 'unclear', 'introduced'] as const).map((key) => [
            t(`cli.changes.${key}`),
            rework[key].length,
          ])
        : []),
    ]),
    '',
    ...table([
      [word('change'), word('frame'), word('id'), word('class'), word('amount')],
      ...rows.map((row) => [t(`cli.changes.${row.kind}`), row.frame, row.object, row.class, shown(row)]),
    ]),
  ];
}
