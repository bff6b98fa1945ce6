/**
 * The cameras: the best one large as a tight crop with its whole picture beside it, the others that see the label
 * below; or all of them side by side. Each states its time and what that shifts.
 */
import { Pin, PinOff } from 'lucide-react';
import { type MouseEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CommandKey } from '../../app/CommandKey.tsx';
import { useCommand } from '../../app/commands.ts';
import { useRememberedView } from '../../state/context.tsx';
import { useEngine, usePointing } from '../../viewport/react/engineContext.tsx';
import { PicturePane } from '../../viewport/react/PicturePane.tsx';
import type { ViewOptions } from '../../viewport/viewOptions.ts';
import type { ImageFit, ImageView } from '../../viewport/views/imageView.ts';
import { CameraCaption } from './CameraCaption.tsx';
import styles from './PictureArea.module.css';
import { useDesk, useDeskState } from './useDesk.ts';
import type { Subject } from './useSubject.ts';

/** More than these beside the large one would be too small to tell anything. */
const mostBeside = 3;
const mostInMosaic = 12;

export interface PictureAreaProps {
  readonly subject: Subject | null;
  readonly options: ViewOptions;
}

export function PictureArea({ subject, options }: PictureAreaProps) {
  const isWhole = useDeskState((state) => state.isWholePicture);
  const [isZoomKept, setZoomKept] = useRememberedView<boolean>('review.keepZoom', false);
  useCommand({
    ...{ id: 'review.keepZoom', room: 'review', titleKey: 'review.commands.keepZoom', keys: ['Shift+X'] },
    run: () => setZoomKept(!isZoomKept),
  });
  const hasFocus = subject !== null && (subject.label !== null || subject.box !== null);
  const looks = { fit: hasFocus && !isWhole ? ('crop' as const) : ('whole' as const), hasFocus, isZoomKept };
  if (options.isMosaic && subject && subject.sights.length > 1) {
    return <Mosaic subject={subject} {...looks} />;
  }
  return <BestCamera subject={subject} {...looks} pin={<PinButton {...{ isZoomKept, setZoomKept }} />} />;
}

interface Looks {
  readonly fit: ImageFit;
  /** False where there is nothing to crop around. */
  readonly hasFocus: boolean;
  readonly isZoomKept: boolean;
}

function BestCamera({
  subject,
  fit,
  hasFocus,
  isZoomKept,
  pin,
}: Looks & { subject: Subject | null; pin: ReactNode }) {
  const { t } = useTranslation();
  const desk = useDesk();
  const choice = useDeskState((state) => state.camera) ?? 0;
  // Whichever of the two shows the whole picture outlines what the other one shows of it.
  const [large, setLarge] = useState<ImageView | null>(null);
  const [small, setSmall] = useState<ImageView | null>(null);
  const sights = subject?.sights ?? [];
  const main = sights[Math.min(choice, sights.length - 1)];
  const others = sights
    .map((sight, at) => ({ ...sight, at }))
    .filter((sight) => sight.camera !== main?.camera);
  const hasSecond = main !== undefined && hasFocus;
  const isCrop = fit === 'crop';
  return (
    <div className={styles.pictures} data-others={hasSecond || others.length > 0 || undefined}>
      <PicturePane
        id="main"
        camera={main?.camera ?? -1}
        fit={fit}
        isZoomKept={isZoomKept}
        onView={setLarge}
        watches={hasSecond && !isCrop ? small : null}
        caption={
          main &&
          subject && (
            <>
              <CameraCaption subject={subject} image={main.image} isMain />
              {pin}
            </>
          )
        }
      />
      {subject && (hasSecond || others.length > 0) && (
        <section className={styles.others} aria-label={t('review.otherCameras')}>
          {hasSecond && (
            <PaneButton
              id="second"
              name={t(isCrop ? 'review.wholePicture' : 'review.cropPicture')}
              onPick={() => desk.patch({ isWholePicture: isCrop })}
            >
              <PicturePane
                id="second"
                camera={main.camera}
                fit={isCrop ? 'whole' : 'crop'}
                onView={setSmall}
                watches={isCrop ? large : null}
                caption={<b>{t(isCrop ? 'review.wholePicture' : 'review.cropPicture')}</b>}
              />
            </PaneButton>
          )}
          {others.slice(0, mostBeside).map((sight) => (
            <PaneButton
              key={sight.camera}
              id={`other ${sight.camera}`}
              onPick={() => desk.patch({ camera: sight.at })}
            >
              <PicturePane
                id={`other ${sight.camera}`}
                camera={sight.camera}
                fit={hasFocus ? 'crop' : 'whole'}
                caption={<CameraCaption subject={subject} image={sight.image} isMain={false} />}
              />
            </PaneButton>
          ))}
        </section>
      )}
    </div>
  );
}

/** A small pane as a button. While a tool is out, a click is the tool's and picks nothing. */
function PaneButton({
  id,
  name,
  onPick,
  children,
}: {
  id: string;
  name?: string;
  onPick: () => void;
  children: ReactNode;
}) {
  const engine = useEngine();
  const pointing = usePointing();
  const onClick = (event: MouseEvent<HTMLButtonElement>): void => {
    // A click by key has no place.
    if (pointing.current.cursor === 'select' || event.detail === 0) {
      onPick();
      return;
    }
    const box = event.currentTarget.getBoundingClientRect();
    const place = engine.placeUnder(id, event.clientX - box.left, event.clientY - box.top);
    if (place) pointing.current.onClick(place, event.nativeEvent as PointerEvent);
  };
  return (
    <button type="button" className={styles.other} aria-label={name} onClick={onClick}>
      {children}
    </button>
  );
}

/** Every camera that sees the label, all of a size. */
function Mosaic({ subject, fit, isZoomKept }: Looks & { subject: Subject }) {
  const shown = subject.sights.slice(0, mostInMosaic);
  const columns = Math.ceil(Math.sqrt(shown.length));
  return (
    <div
      className={styles.mosaic}
      style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}
      data-testid="mosaic"
    >
      {shown.map((sight, at) => (
        <div key={sight.camera} className={styles.tile}>
          <PicturePane
            id={`mosaic ${sight.camera}`}
            camera={sight.camera}
            fit={fit}
            isZoomKept={isZoomKept}
            caption={
              <>
                <CameraCaption subject={subject} image={sight.image} isMain={false} />
                {at === 0 && (
                  <span>
                    <CommandKey id="review.mosaic" />
                  </span>
                )}
              </>
            }
          />
        </div>
      ))}
    </div>
  );
}

function PinButton({
  isZoomKept,
  setZoomKept,
}: {
  isZoomKept: boolean;
  setZoomKept: (isKept: boolean) => void;
}) {
  const { t } = useTranslation();
  const Icon = isZoomKept ? Pin : PinOff;
  return (
    <button
      type="button"
      className={styles.pin}
      aria-label={t('review.commands.keepZoom')}
      aria-pressed={isZoomKept}
      title={t('review.commands.keepZoom')}
      onClick={() => setZoomKept(!isZoomKept)}
      data-testid="keep-zoom"
    >
      <Icon size={14} aria-hidden="true" /> <CommandKey id="review.keepZoom" />
    </button>
  );
}
