/**
 * Key maps under the names of tools that auditors' hands know: for each command that has a counterpart there, the
 * key it has there (from the tools' public documentation and source: CVAT's shortcut list, SUSTechPOINTS' shortcut
 * page, Xtreme1's hotkey table, Segments.ai's guide to 3D labelling, Lichtblick's playback bar), and another key for
 * what has to make room. Judging is Assay's own: none of these tools has verdicts, so Enter, the digits, U and S mean
 * the same in every preset. Tab is never taken: it leads through the screen.
 */
import type { KeyPreset } from '../../shared/host/contract.ts';

export interface Preset {
  /** Keys by command id. */
  readonly keys: Readonly<Record<string, readonly string[]>>;
}

export const keyPresets: Readonly<Record<KeyPreset, Preset>> = {
  assay: { keys: {} },
  cvat: {
    keys: {
      'app.keys': ['?', 'F1'],
      'app.settings': ['F2', 'Mod+,'],
      'review.frameOn': ['F', 'ArrowRight', ']'],
      'review.frameBack': ['D', 'ArrowLeft', '['],
      'review.undo': ['Mod+Z', 'Z'],
      'review.beside': ['Shift+B'],
      'look.frameOn': ['F', 'ArrowRight', ']'],
      'look.frameBack': ['D', 'ArrowLeft', '['],
      'search.drop': ['N', 'M'],
      'search.undo': ['Mod+Z', 'Z'],
    },
  },
  sustechpoints: {
    keys: {
      'review.frameOn': ['PageDown', 'ArrowRight', ']'],
      'review.frameBack': ['PageUp', 'ArrowLeft', '['],
      'look.frameOn': ['PageDown', '4', 'ArrowRight', ']'],
      'look.frameBack': ['PageUp', '3', 'ArrowLeft', '['],
      'look.sceneOn': ['Shift+PageDown'],
      'look.sceneBack': ['Shift+PageUp'],
    },
  },
  xtreme1: {
    keys: {
      'review.fit': ['Y', 'B'],
      'review.merge': ['Shift+B'],
      'review.undo': ['Mod+Z'],
      'look.fit': ['Y', 'B'],
      'look.merge': ['Shift+B'],
      'search.drop': ['F', 'M'],
      'search.fit': ['Y', 'B'],
      'search.merge': ['Shift+B'],
      'search.turnLeft': ['Q', 'Z'],
      'search.turnRight': ['E', 'X'],
      'search.undo': ['Mod+Z'],
    },
  },
  segments: {
    keys: {
      'review.frameOn': ['ArrowRight', ']'],
      'review.frameBack': ['ArrowLeft', '['],
      'review.undo': ['Mod+Z', 'Z'],
      'look.frameOn': ['ArrowRight', ']'],
      'look.frameBack': ['ArrowLeft', '['],
      'search.undo': ['Mod+Z', 'Z'],
    },
  },
  lichtblick: {
    keys: {
      'review.frameOn': ['ArrowRight'],
      'review.frameBack': ['ArrowLeft'],
      'look.frameOn': ['ArrowRight'],
      'look.frameBack': ['ArrowLeft'],
    },
  },
};
