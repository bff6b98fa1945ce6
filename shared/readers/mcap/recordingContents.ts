/** One walk over a recording: what each sensor's messages are called and when they were taken, lenses and transforms. */
import type { Problem } from '../../base/problem.ts';
import type { ReadContext } from '../contract.ts';
import type { ProblemList } from '../problemList.ts';
import { FrameTree } from './frameTree.ts';
import type { CalibrationMessage } from './messages.ts';
import { decode, isReadable, kindOf } from './messages.ts';
import type { MessageName, RecordedMessage, Recording } from './recording.ts';
import { messageName } from './recording.ts';

/** One message of a sensor. */
export interface Taken extends MessageName {
  readonly stamp: bigint;
  readonly logTime: bigint;
}

export interface SensorTopic {
  readonly topic: string;
  /** Of its first message. */
  readonly frameId: string;
  /** Of all its messages. */
  readonly bytes: number;
  /** In order of `stamp`. */
  readonly taken: Taken[];
}

export interface RecordingContents {
  readonly clouds: readonly SensorTopic[];
  readonly cameras: readonly SensorTopic[];
  /** Every calibration that differs from the one before it on its topic, in order of its message. */
  readonly calibrations: readonly { readonly topic: string; readonly message: CalibrationMessage }[];
  readonly tree: FrameTree;
}

const PICTURE_FORMAT = /jpe?g|png/i;

/** By their own times, or where a producer wrote one and the same into all of them, by those of the recording. */
function inOrder(sensor: SensorTopic): SensorTopic {
  const isConstant = sensor.taken.every(({ stamp }) => stamp === sensor.taken[0]!.stamp);
  const taken = sensor.taken.map((one) => (isConstant ? { ...one, stamp: one.logTime } : one));
  taken.sort((a, b) => (a.stamp < b.stamp ? -1 : a.stamp > b.stamp ? 1 : 0));
  return { ...sensor, taken };
}

class Walk {
  readonly #recording: Recording;
  readonly #problems: ProblemList;
  readonly #clouds = new Map<string, SensorTopic>();
  readonly #cameras = new Map<string, SensorTopic>();
  readonly #calibrations: { topic: string; message: CalibrationMessage }[] = [];
  readonly #lastCalibration = new Map<string, string>();
  readonly #tree = new FrameTree();
  readonly #broken = new Map<string, number>();
  readonly #formats = new Map<string, string>();
  /** Log time of a topic's latest message, and how many of its messages had that time. */
  readonly #sameTime = new Map<string, { logTime: bigint; count: number }>();

  constructor(recording: Recording, problems: ProblemList) {
    this.#recording = recording;
    this.#problems = problems;
  }

  async run(context: ReadContext): Promise<RecordingContents> {
    const known = this.#recording.channels.filter((channel) => kindOf(channel) !== null);
    for (const { topic, encoding } of known.filter((channel) => !isReadable(channel))) {
      this.#report('mcap-encoding-unknown', 'warning', { topic, encoding });
    }
    const topics = [...new Set(known.filter(isReadable).map(({ topic }) => topic))];
    if (topics.length > 0) {
      for await (const message of this.#recording.messages(topics)) {
        context.signal?.throwIfAborted();
        this.#take(message);
      }
    }
    for (const [topic, messages] of this.#broken)
      this.#report('mcap-messages-bad', 'warning', { topic, messages });
    for (const [topic, format] of this.#formats)
      this.#report('mcap-picture-format', 'warning', { topic, format });
    const { unusable, contradictory } = this.#tree;
    if (unusable > 0) this.#report('mcap-transforms-unusable', 'warning', { transforms: unusable });
    for (const frame of contradictory) this.#report('mcap-frame-two-parents', 'warning', { frame });
    const sensors = (topics: Map<string, SensorTopic>) => [...topics.values()].map(inOrder);
    return {
      clouds: sensors(this.#clouds),
      cameras: sensors(this.#cameras),
      calibrations: this.#calibrations,
      tree: this.#tree,
    };
  }

  #report(code: string, severity: Problem['severity'], params: Problem['params']): void {
    this.#problems.add({ code, severity, path: this.#recording.path, params });
  }

  #take(message: RecordedMessage): void {
    const kind = kindOf(message.channel)!;
    const { topic } = message.channel;
    if (kind === 'cloud' || kind === 'picture') {
      const row = this.#rowOf(message);
      const sensor = decode(kind, message);
      if (!sensor) this.#isBroken(topic);
      else if ('format' in sensor && !PICTURE_FORMAT.test(sensor.format))
        this.#formats.set(topic, sensor.format);
      else this.#addTaken(kind === 'cloud' ? this.#clouds : this.#cameras, message, sensor, row);
    } else if (kind === 'calibration') {
      const calibration = decode(kind, message);
      if (calibration) this.#addCalibration(topic, calibration);
      else this.#isBroken(topic);
    } else {
      const transforms = decode(kind, message);
      for (const transform of transforms ?? []) this.#tree.add(transform);
      if (!transforms) this.#isBroken(topic);
    }
  }

  #isBroken(topic: string): void {
    this.#broken.set(topic, (this.#broken.get(topic) ?? 0) + 1);
  }

  /** Which of the topic's messages of this very time it is. Broken ones count: reading counts them too. */
  #rowOf({ channel, logTime }: RecordedMessage): number {
    const last = this.#sameTime.get(channel.topic);
    const row = last?.logTime === logTime ? last.count : 0;
    this.#sameTime.set(channel.topic, { logTime, count: row + 1 });
    return row;
  }

  #addTaken(
    sensors: Map<string, SensorTopic>,
    { channel: { topic }, logTime, data }: RecordedMessage,
    { stamp, frameId }: { readonly stamp: bigint; readonly frameId: string },
    row: number,
  ): void {
    const known = sensors.get(topic) ?? { topic, frameId, bytes: 0, taken: [] };
    const sensor = { ...known, bytes: known.bytes + data.length };
    sensors.set(topic, sensor);
    sensor.taken.push({
      ...messageName(topic, logTime, row),
      stamp: stamp === 0n ? logTime : stamp,
      logTime,
    });
  }

  #addCalibration(topic: string, message: CalibrationMessage): void {
    const { stamp: _, ...content } = message;
    const key = JSON.stringify(content);
    if (this.#lastCalibration.get(topic) === key) return;
    this.#lastCalibration.set(topic, key);
    this.#calibrations.push({ topic, message });
  }
}

/** Throws ProblemError `mcap-damaged`, or the signal's reason. */
export function readContents(
  recording: Recording,
  context: ReadContext,
  problems: ProblemList,
): Promise<RecordingContents> {
  return new Walk(recording, problems).run(context);
}

/** Index of the message nearest in time, or -1 where none lies within `reach` nanoseconds. */
export function nearest(taken: readonly Taken[], stamp: bigint, reach: bigint): number {
  let low = 0;
  let high = taken.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (taken[middle]!.stamp < stamp) low = middle + 1;
    else high = middle;
  }
  const distance = (index: number) => {
    const other = taken[index];
    if (!other) return null;
    return other.stamp > stamp ? other.stamp - stamp : stamp - other.stamp;
  };
  const [before, after] = [distance(low - 1), distance(low)];
  const best = before !== null && (after === null || before <= after) ? low - 1 : low;
  const gap = distance(best);
  return gap !== null && gap <= reach ? best : -1;
}
