/** Puts what is tried on the clipboard, and says whether that worked. */
import { useState } from 'react';
import type { ImageCalibration } from '../../../shared/geometry/imageCalibration.ts';
import { type Trial, valuesOf } from './trial.ts';

export interface Copying {
  copy(): void;
  readonly state: 'idle' | 'copied' | 'failed';
}

export function useCopyValues(camera: string, trial: Trial, calibration: ImageCalibration | null): Copying {
  const [copied, setCopied] = useState<{ readonly text: string; readonly isDone: boolean } | null>(null);
  const text = calibration && valuesOf(camera, trial, calibration);
  return {
    copy() {
      if (text === null) return;
      navigator.clipboard.writeText(text).then(
        () => setCopied({ text, isDone: true }),
        () => setCopied({ text, isDone: false }),
      );
    },
    // Said of these very values only.
    state: copied === null || copied.text !== text ? 'idle' : copied.isDone ? 'copied' : 'failed',
  };
}
