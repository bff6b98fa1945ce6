/** One OpenLABEL document made into one scene of a delivery. */
import type { FileRef } from '../../model/delivery.ts';
import type { SceneInput } from './sceneInput.ts';
import { SceneNotes } from './sceneInput.ts';
import { SceneLabels } from './sceneLabels.ts';
import { planScene } from './scenePlan.ts';
import { SceneSensors } from './sceneSensors.ts';
import type { FrameTransform } from './spaces.ts';
import { frameTransforms } from './spaces.ts';
import { frameTimestamp } from './streamStatements.ts';

/** Adds the scene to the input's builder and answers the sensor files it uses. */
export function readScene(input: SceneInput): FileRef[] {
  const { document, sceneId, builder } = input;
  const notes = new SceneNotes(input);
  const transforms = document.frames.map(frameTransforms);
  const plan = planScene(document, transforms);
  builder.problems.addAll(document.problems);
  builder.startScene(sceneId);
  const sensors = new SceneSensors(input, plan, notes);
  const labels = new SceneLabels(input, plan, notes);
  for (const [position, frame] of document.frames.entries()) {
    reportBadTransforms(notes, transforms[position]!, frame.key);
    const spaces = plan.tree.withFrame(transforms[position]!);
    const index = builder.addFrame({
      key: frame.key,
      timestampNanos: frameTimestamp(frame),
      space: plan.space,
      ...sensors.frameParts(frame, position, spaces),
    });
    labels.addFrame(frame, index, spaces);
  }
  sensors.report();
  labels.report();
  return sensors.files;
}

function reportBadTransforms(notes: SceneNotes, transforms: readonly FrameTransform[], frame: string): void {
  for (const { source, target, targetFromSource } of transforms) {
    if (targetFromSource !== 'bad') continue;
    const place = `/openlabel/frames/${frame}/frame_properties/transforms`;
    notes.add('openlabel-transform-bad', 'error', { from: source, to: target }, place);
  }
}
