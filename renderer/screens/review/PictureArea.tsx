/** The best camera large, the others that see the label beside it; each states its time and what that shifts. */
import { useTranslation } from 'react-i18next';
import { CommandKey } from '../../app/CommandKey.tsx';
import { useEngine } from '../../viewport/react/engineContext.tsx';
import { PicturePane } from '../../viewport/react/PicturePane.tsx';
import type { ViewOptions } from '../../viewport/viewOptions.ts';
import { difference } from './numbers.ts';
import styles from './review.module.css';
import { timeOffset } from './timeOffset.ts';
import { useDesk, useDeskState } from './useDesk.ts';
import type { Subject } from './useSubject.ts';

/** More than these would be too small to tell anything. */
const mostBeside = 4;

export function PictureArea({
  subject,
}: {
  readonly subject: Subject | null;
  readonly options: ViewOptions;
}) {
  const { t } = useTranslation();
  const desk = useDesk();
  const choice = useDeskState((state) => state.camera) ?? 0;
  const isWhole = useDeskState((state) => state.isWholePicture);
  const sights = subject?.sights ?? [];
  const main = sights[Math.min(choice, sights.length - 1)];
  const others = sights
    .map((sight, at) => ({ ...sight, at }))
    .filter((sight) => sight.camera !== main?.camera);
  const fit = isWhole || !subject?.label ? 'whole' : 'crop';
  return (
    <div className={styles.pictures} data-others={others.length > 0 || undefined}>
      <PicturePane
        id="main"
        camera={main?.camera ?? -1}
        fit={subject?.box && !isWhole ? 'crop' : fit}
        caption={main && subject && <CameraCaption subject={subject} image={main.image} isMain />}
      />
      {others.length > 0 && subject && (
        <section className={styles.others} aria-label={t('review.otherCameras')}>
          {others.slice(0, mostBeside).map((sight) => (
            <button
              type="button"
              key={sight.camera}
              className={styles.other}
              onClick={() => desk.patch({ camera: sight.at })}
            >
              <PicturePane
                id={`other ${sight.camera}`}
                camera={sight.camera}
                fit={subject.label ? 'crop' : 'whole'}
                caption={<CameraCaption subject={subject} image={sight.image} isMain={false} />}
              />
            </button>
          ))}
        </section>
      )}
    </div>
  );
}

function CameraCaption({ subject, image, isMain }: { subject: Subject; image: number; isMain: boolean }) {
  const { t } = useTranslation();
  const { delivery } = useEngine().index;
  const frame = delivery.frames.at(subject.frame)!;
  const ref = frame.images[image];
  const isWhole = useDeskState((state) => state.isWholePicture);
  if (!ref) return null;
  const name = delivery.cameras[ref.camera]!.name;
  if (!isMain) return <b data-picture-text>{name}</b>;
  const offset = timeOffset(ref.timestampNanos, frame.timestampNanos);
  return (
    <>
      <b data-picture-text>{name}</b>
      <span>
        {offset === null
          ? t('review.timeOffsetUnknown')
          : t('review.timeOffset', { ms: difference(offset, 0) })}
      </span>
      {offset !== null && subject.speed !== null && (
        <span>{t('review.shift', { meters: Math.abs((offset / 1000) * subject.speed).toFixed(2) })}</span>
      )}
      <span>
        {t('review.overlayHold')} <CommandKey id="review.overlay" />
      </span>
      <span>
        {t(isWhole ? 'review.cropPicture' : 'review.wholePicture')} <CommandKey id="review.whole" />
      </span>
      {subject.sights.length > 1 && (
        <span>
          {subject.sights.findIndex((sight) => sight.image === image) + 1}/{subject.sights.length}{' '}
          <CommandKey id="review.camera" />
        </span>
      )}
    </>
  );
}
