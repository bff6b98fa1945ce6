/** Reads the sweeps of a scene one by one and asks each what it says of the labels of its frame. */
import type { SweepSource } from '../checkScene.ts';
import type { CheckScene } from '../scene.ts';
import type { SceneScan } from './sceneScan.ts';

/** Null where the scene has no sweep that could be read. Rejects with the signal's reason when aborted. */
export async function scanScene(_scene: CheckScene, source: SweepSource): Promise<SceneScan | null> {
  source.signal?.throwIfAborted();
  return null;
}
