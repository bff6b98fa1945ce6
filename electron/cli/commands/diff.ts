/** `assay diff`: what changed from one delivery to the next of the same data, and what became of the findings. */
import defaultSpec from '../../../assets/qa-spec.default.json' with { type: 'json' };
import {
  type ChangeRow,
  changeRow,
  type DiffPart,
  type DiffTables,
  diffPart,
  findingsInDiff,
  usualFloor,
} from '../../../shared/audit/deliveryDiff.ts';
import { qaSpecSchema } from '../../../shared/audit/qaSpec.ts';
import type { AuditState } from '../../../shared/audit/state.ts';
import { ProblemError } from '../../../shared/base/problem.ts';
import { problemSentence } from '../../../shared/messages/translate.ts';
import type { DeliveryIndex } from '../../../shared/model/labels.ts';
import { type ChangeKind, changeKinds } from '../../../shared/scoring/labelChanges.ts';
import { checkRecord, openRecord } from '../../services/audit/recordSource.ts';
import type { Command, CommandContext, OptionValues } from '../command.ts';
import { CommandFailure, ExitCode } from '../exitCodes.ts';
import { deliveryOptions, withDelivery } from '../openForCommand.ts';
import { table } from '../output.ts';
import { numberOption, requirePositional, textOption } from '../values.ts';

const { compare: _compare, ...readingOptions } = deliveryOptions;

export const diffCommand: Command = {
  name: 'diff',
  usage:
    '<old> <new> [--findings <audit folder or bundle>] [--least METRES] [--sensors DIR] [--labels NAME] [--between] [--mapping FILE]',
  example: 'assay diff ./batch-0142 ./batch-0142-second --findings ./batch-0142.assay.zip',
  mostArguments: 2,
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
      const spec = qaSpecSchema.parse(defaultSpec);
      const tables = { old: index.labels, now: index.others.at(-1)!.labels };
      const parts = (['cuboid', 'box2d'] as const).map((label) => diffPart(tables, label, spec, floor));
      const rows = parts.flatMap((part) =>
        part.changes.map((change) => changeRow(index, tables, part, change)),
      );
      const unchanged = parts.reduce((sum, part) => sum + part.unchanged, 0);
      const byKind = Object.fromEntries(
        changeKinds.map((kind) => [kind, rows.filter((change) => change.kind === kind)]),
      );
      const rework = audit && reworkOf(index, tables, parts[0]!, audit);
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

function reworkOf(index: DeliveryIndex, tables: DiffTables, cuboids: DiffPart, audit: AuditState) {
  const { findings, introduced } = findingsInDiff(index, tables, cuboids, audit);
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
    introduced: introduced.map((change) => changeRow(index, tables, cuboids, change)),
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
