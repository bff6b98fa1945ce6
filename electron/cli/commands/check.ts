/** `assay check`: every automatic check over a delivery or a part of it, as a report, a stream or a gate. */
import { ProblemError } from '../../../shared/base/problem.ts';
import type { CheckFinding } from '../../../shared/checks/finding.ts';
import type { CallOptions } from '../../../shared/host/contract.ts';
import { realRoots } from '../../services/deliveries.ts';
import type { ChecksOutput } from '../../workers/checks/checksJob.ts';
import type { CheckSetup } from '../../workers/checks/setup.ts';
import { checkDocument, withMessage } from '../checks/checkDocument.ts';
import { checkLines, remarkProblems } from '../checks/checkLines.ts';
import {
  checkOptions,
  gateOption,
  refuseStrayOptions,
  setupOption,
  shardOption,
} from '../checks/checkOptions.ts';
import { learnedLines, learnFromDelivery } from '../checks/learnPriors.ts';
import { mergeShards, shardDocument } from '../checks/shardFile.ts';
import type { Command, CommandContext, CommandInput } from '../command.ts';
import { ExitCode } from '../exitCodes.ts';
import { commandJobs } from '../machine.ts';
import { deliveryUsage, indexForCommand, shownProgress } from '../openForCommand.ts';
import { numberOption, refuseSurplus, textOption } from '../values.ts';

export const checkCommand: Command = {
  name: 'check',
  usage: `<path> [--spec F] [--settings F] [--priors F] [--only ID,ID] [--shard i/n] [--fail-on critical|major|minor] [--jobs N] [--jsonl] ${deliveryUsage}
       assay check --merge <answer.json …> [--fail-on critical|major|minor]
       assay check <path> --learn OUT.json [--priors F] [--spec F]`,
  example: 'assay check ./batch-0142 --spec ./agreed.json --fail-on critical',
  notes: 'cli.checkNotes',
  mostArguments: Number.POSITIVE_INFINITY,
  options: checkOptions,
  async run(input, context) {
    const { values } = input;
    refuseStrayOptions(values);
    if (values.merge !== true) refuseSurplus(input, 1);
    const learnInto = textOption(values, 'learn');
    if (learnInto !== null) {
      const learned = await learnFromDelivery(input, learnInto, context);
      context.output.answer(learned, () => learnedLines(learned.file, learned.priors, context.t));
      return ExitCode.done;
    }
    const fails = gateOption(values);
    const checked = values.merge === true ? await merged(input) : await checkedDelivery(input, context);
    const { results, problems, setup } = checked;
    const document = checkDocument(results, problems, setup, context.t);
    remarkProblems(document, context);
    if (values.jsonl === true) {
      for (const finding of document.findings.slice(checked.streamed)) context.output.stream(finding);
    } else {
      context.output.answer(checked.asPart(document), () => checkLines(document, context));
    }
    return results.findings.some(({ severity }) => fails(severity)) ? ExitCode.negative : ExitCode.done;
  },
};

interface Checked extends Pick<ChecksOutput, 'results' | 'problems'> {
  readonly setup: CheckSetup;
  /** Findings that went out as their scenes were done: the first so many. */
  readonly streamed: number;
  /** The document with what a merge needs, where it is of a part. */
  readonly asPart: (document: ReturnType<typeof checkDocument>) => unknown;
}

async function merged({ positionals }: CommandInput): Promise<Checked> {
  return { ...(await mergeShards(positionals)), streamed: 0, asPart: (document) => document };
}

async function checkedDelivery(input: CommandInput, context: CommandContext): Promise<Checked> {
  const { values } = input;
  const shard = shardOption(values);
  const threads = numberOption(values, 'jobs', { least: 1, most: 1024, isInteger: true });
  const setup = await setupOption(values);
  const roots = realRoots(await indexForCommand(input, context));
  const stream = findingsStream(values.jsonl === true, context);
  const options: CallOptions = { signal: context.signal, onProgress: stream.onProgress };
  const ran = await commandJobs()('checks', { roots, setup, shard, threads, isFresh: false }, options);
  if (!ran.ok) throw new ProblemError(ran.problem);
  return {
    ...ran.value,
    setup,
    streamed: stream.count(),
    asPart: (document) => (shard === null ? document : shardDocument(document, ran.value, setup, shard)),
  };
}

/** Findings come in the order of the answer, so that what follows the streamed ones is what was not told yet. */
function findingsStream(isStreamed: boolean, context: CommandContext) {
  const show = shownProgress(context);
  let count = 0;
  const tell = (finding: CheckFinding): void => {
    context.output.stream(withMessage(finding, context.t));
    count++;
  };
  const onProgress: NonNullable<CallOptions['onProgress']> = (progress) => {
    if (isStreamed) progress.findings?.forEach(tell);
    show(progress);
  };
  return { onProgress, count: () => count };
}
