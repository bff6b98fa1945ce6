/** What the engine's parts have in common: what was asked of it, and how it is to look. */
import type { Around } from './engineContract.ts';
import type { Explained } from './explanations.ts';
import type { Palette } from './palette.ts';
import type { PictureLook } from './pictureLook.ts';
import type { Shown } from './shown.ts';
import type { ViewOptions } from './viewOptions.ts';

/** Plain fields that change in place: who changes one draws what depends on it. */
export interface EngineState {
  /** What was asked for last; on screen, as `facts.shown`, once its points are there. */
  asked: Shown | null;
  around: Around | null;
  palette: Palette;
  options: ViewOptions;
  /** How pictures are looked at for their calibration; null = as they are. */
  look: PictureLook | null;
  readonly explained: Explained;
}
