/** The keys of the strip: play, first and last frame. They work whether or not the strip is on screen. */
import { useEffect } from 'react';
import { useCommands } from '../../../app/commands.ts';
import { useEngine } from '../../../viewport/react/engineContext.tsx';
import { useDeskValue } from '../useDesk.ts';
import { trackPlayOf } from './trackPlay.ts';

export function useTrackCommands(): void {
  const play = trackPlayOf(useDeskValue(), useEngine());
  useEffect(() => () => play.stop(), [play]);
  useCommands([
    {
      id: 'review.playTrack',
      room: 'review',
      titleKey: 'trackStrip.commands.play',
      keys: ['Space'],
      run: () => play.press(),
      release: () => play.release(),
    },
    {
      id: 'review.firstFrame',
      room: 'review',
      titleKey: 'trackStrip.commands.first',
      keys: ['Home', 'Shift+['],
      run: () => play.toEnd('first'),
    },
    {
      id: 'review.lastFrame',
      room: 'review',
      titleKey: 'trackStrip.commands.last',
      keys: ['End', 'Shift+]'],
      run: () => play.toEnd('last'),
    },
  ]);
}
