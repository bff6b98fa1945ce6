/** What a camera's pane says of itself: its name, how far from the sweep it was taken, and what that shifts. */
import { useTranslation } from 'react-i18next';
import { CommandKey } from '../../app/CommandKey.tsx';
import { useEngine } from '../../viewport/react/engineContext.tsx';
import { difference } from './numbers.ts';
import { timeOffset } from './timeOffset.ts';
import { useDeskState } from './useDesk.ts';
import type { Subject } from './useSubject.ts';

export interface CameraCaptionProps {
  readonly subject: Subject;
  /** Index into `Frame.images`. */
  readonly image: number;
  /** The large pane has room for its keys. */
  readonly isMain: boolean;
}

export function CameraCaption({ subject, image, isMain }: CameraCaptionProps) {
  const { t } = useTranslation();
  const { delivery } = useEngine().index;
  const isWhole = useDeskState((state) => state.isWholePicture);
  const frame = delivery.frames.at(subject.frame)!;
  const ref = frame.images[image];
  if (!ref) return null;
  const offset = timeOffset(ref.timestampNanos, frame.timestampNanos);
  const shift =
    offset === null || subject.speed === null ? null : Math.abs((offset / 1000) * subject.speed).toFixed(2);
  return (
    <>
      <b data-picture-text data-dock-handle={isMain || undefined} title={t('viewport.decides.class')}>
        {delivery.cameras[ref.camera]!.name}
      </b>
      <span data-picture-text>
        {offset === null
          ? t('review.timeOffsetUnknown')
          : t('review.timeOffset', { ms: difference(offset, 0) })}
      </span>
      {shift !== null && (
        <span data-picture-text>{t(isMain ? 'review.shift' : 'review.shiftShort', { meters: shift })}</span>
      )}
      {isMain && (
        <>
          <span>
            {t('review.overlayHold')} <CommandKey id="review.overlay" />
          </span>
          <span>
            {t(isWhole ? 'review.cropPicture' : 'review.wholePicture')} <CommandKey id="review.whole" />
          </span>
          {subject.sights.length > 1 && (
            <span>
              {subject.sights.findIndex((sight) => sight.image === image) + 1}/{subject.sights.length}{' '}
              <CommandKey id="review.camera" /> <CommandKey id="review.mosaic" />
            </span>
          )}
        </>
      )}
    </>
  );
}
