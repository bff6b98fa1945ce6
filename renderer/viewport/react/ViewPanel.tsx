/**
 * Every option of the views in one place, each with its key, its state and a slider where it has one. It lies beside
 * the views and does not stop the work: keys that are not its own act as before.
 */
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { CommandKey } from '../../app/CommandKey.tsx';
import { colourings, hasColouring } from '../colourings.ts';
import { type ViewRoom, viewControlOf } from '../viewControl.ts';
import { defaultClipMeters, defaultPointMeters, defaultViewOptions } from '../viewOptions.ts';
import { useEngine, useFacts } from './engineContext.tsx';
import { useRoomOptions } from './useViewOptions.ts';
import { Choice, Slider, Switch } from './viewControls.tsx';
import styles from './viewPanel.module.css';

/** The button that opens the panel, for the caption of a pane, and the panel itself. */
export function ViewPanelButton() {
  const { t } = useTranslation();
  const control = viewControlOf(useEngine());
  const { room, isPanelOpen } = useStore(control);
  const button = useRef<HTMLButtonElement>(null);
  if (room === null) return null;
  const close = (): void => control.setState({ isPanelOpen: false });
  return (
    <>
      <button
        type="button"
        ref={button}
        className={styles.open}
        aria-expanded={isPanelOpen}
        data-testid="view-options"
        onClick={() => control.setState({ isPanelOpen: !isPanelOpen })}
      >
        {t('view.open')} <CommandKey id={`${room}.panel`} />
      </button>
      {isPanelOpen && <ViewPanel room={room} beside={button} onClose={close} />}
    </>
  );
}

/** Keys that controls of the panel use themselves. */
const ownKeys = new Set([
  ...['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End', 'PageUp', 'PageDown'],
  ...['Enter', ' ', 'Escape'],
]);

const width = 328;
const gap = 6;

function ViewPanel({
  room,
  beside,
  onClose,
}: {
  room: ViewRoom;
  beside: RefObject<HTMLElement | null>;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const panel = useRef<HTMLDivElement>(null);
  const place = usePlace(beside);
  const close = useRef(onClose);
  close.current = onClose;
  useEffect(() => {
    const element = panel.current!;
    // Back to where the person was: Enter shall mean what it meant before.
    const before = document.activeElement;
    element.focus();
    const onKeyDown = (event: KeyboardEvent): void => {
      if (!ownKeys.has(event.key)) return;
      event.stopPropagation();
      if (event.key === 'Escape') close.current();
    };
    element.addEventListener('keydown', onKeyDown);
    return () => {
      element.removeEventListener('keydown', onKeyDown);
      if (before instanceof HTMLElement && before !== document.body) before.focus({ preventScroll: true });
    };
  }, []);
  return createPortal(
    <div
      ref={panel}
      role="dialog"
      aria-modal="false"
      aria-label={t('view.title')}
      tabIndex={-1}
      className={styles.panel}
      style={place}
      data-testid="view-panel"
    >
      <header>
        <h2>{t('view.title')}</h2>
        <button type="button" onClick={onClose}>
          {t('view.close')}
        </button>
      </header>
      <Options room={room} />
    </div>,
    document.body,
  );
}

/** Left of the pane, so that what changes stays in sight; where there is no room, below the button or above it. */
function usePlace(beside: RefObject<HTMLElement | null>): React.CSSProperties {
  const [place, setPlace] = useState<React.CSSProperties>({ width });
  useLayoutEffect(() => {
    const ownPane = beside.current!.closest('[data-testid="pane-context"]')!;
    const measure = (): void => {
      const box = beside.current!.getBoundingClientRect();
      const pane = ownPane.getBoundingClientRect();
      const besidePane = pane.left - width - gap;
      const left = Math.max(gap, Math.min(box.left, window.innerWidth - width - gap));
      const below = window.innerHeight - box.bottom - 2 * gap;
      const above = box.top - 2 * gap;
      if (besidePane >= gap) {
        setPlace({ left: besidePane, width, bottom: gap, maxHeight: window.innerHeight - 2 * gap });
      } else if (below >= above) setPlace({ left, width, top: box.bottom + gap, maxHeight: below });
      else setPlace({ left, width, bottom: window.innerHeight - box.top + gap, maxHeight: above });
    };
    measure();
    // Panels follow the window a moment later, and are pulled larger and smaller.
    const observer = new ResizeObserver(measure);
    observer.observe(ownPane);
    window.addEventListener('resize', measure);
    return () => {
      observer.disconnect();
      window.removeEventListener('resize', measure);
    };
  }, [beside]);
  return place;
}

function Options({ room }: { room: ViewRoom }) {
  const { t } = useTranslation();
  const { delivery, others } = useEngine().index;
  const spans = useFacts((facts) => facts.spans);
  const [options, change] = useRoomOptions(room);
  const shared = { room, options, change };
  const lidars = delivery.lidars.map(({ name }) => name);
  const hasCameras = delivery.cameras.length > 0;
  const colours = colourings.map((value) => {
    const isOffered = hasColouring(value, delivery, spans);
    const name = t(`viewport.colouring.${value}`);
    return {
      value,
      label: isOffered ? name : `${name} (${t(`view.has.${value}`)})`,
      isOffered,
    };
  });
  const sources = [
    { value: '', label: t('view.nobody'), isOffered: true },
    ...others.map(({ name }) => ({ value: name, label: name, isOffered: true })),
  ];
  return (
    <div className={styles.groups}>
      <Group name="points">
        <Choice
          {...shared}
          field="colouring"
          command="colouring"
          value={options.colouring}
          choices={colours}
          onChoose={(value) => change({ colouring: colourings.find((known) => known === value)! })}
        />
        <Slider {...shared} field="pointPixels" command="larger" unit="pixels" from={1} to={8} step={0.5} />
        <Switch
          {...shared}
          field="pointMeters"
          command="pointMeters"
          isOn={options.pointMeters !== null}
          onTurn={(isOn) => change({ pointMeters: isOn ? defaultPointMeters : null })}
        />
        {options.pointMeters !== null && (
          <Slider {...shared} field="pointMeters" unit="centimeters" from={0.01} to={0.5} step={0.01} />
        )}
        <Switch {...shared} field="showDepthEdges" command="depthEdges" />
        <Switch {...shared} field="hideGround" command="ground" />
        <Switch
          {...shared}
          field="clipMeters"
          command="clip"
          isOn={options.clipMeters !== null}
          onTurn={(isOn) => change({ clipMeters: isOn ? defaultClipMeters : null })}
        />
        {options.clipMeters !== null && (
          <Slider {...shared} field="clipMeters" unit="meters" from={0.5} to={30} step={0.5} />
        )}
        {lidars.length > 1 && <Lidars {...{ lidars, options, change }} />}
      </Group>
      <Group name="space">
        <Switch {...shared} field="showRings" command="rings" />
        <Slider {...shared} field="mergedSweeps" command="merge" unit="sweeps" from={0} to={10} step={1} />
        <Switch {...shared} field="mergeFollowsLabel" command="follow" />
        {delivery.radars && <Switch {...shared} field="showRadar" command="radar" />}
        <Switch {...shared} field="showShapes" command="shapes" />
        {others.length > 0 && (
          <Choice
            {...shared}
            field="compareWith"
            command="compare"
            value={options.compareWith ?? ''}
            choices={sources}
            onChoose={(value) => change({ compareWith: value === '' ? null : value })}
          />
        )}
      </Group>
      {hasCameras && (
        <Group name="pictures">
          <Switch {...shared} field="showPointsOnPictures" command="pointsOnPictures" />
          {room === 'review' && <Switch {...shared} field="isMosaic" command="mosaic" />}
          <Slider {...shared} field="pictureStrength" unit="percent" from={0.2} to={1} step={0.02} />
          <Slider {...shared} field="pictureBrightness" unit="times" from={0.25} to={4} step={0.05} />
          <Slider {...shared} field="pictureContrast" unit="times" from={0.25} to={4} step={0.05} />
        </Group>
      )}
      {room === 'review' && (
        <Group name="overlays">
          <Switch {...shared} field="showTrail" command="trail" />
          <Switch {...shared} field="showDimensions" command="dimensions" />
          <Switch {...shared} field="showFaceGaps" command="faceGaps" />
        </Group>
      )}
      <button type="button" className={styles.reset} onClick={() => change(defaultViewOptions)}>
        {t('view.reset')} <CommandKey id={`${room}.reset`} />
      </button>
    </div>
  );
}

function Group({
  name,
  children,
}: {
  name: 'points' | 'space' | 'pictures' | 'overlays';
  children: React.ReactNode;
}) {
  const { t } = useTranslation();
  return (
    <fieldset>
      <legend>{t(`view.groups.${name}`)}</legend>
      {children}
    </fieldset>
  );
}

function Lidars({
  lidars,
  options,
  change,
}: {
  lidars: readonly string[];
  options: { readonly hiddenLidars: readonly string[] };
  change: (patch: { hiddenLidars: string[] }) => void;
}) {
  const { t } = useTranslation();
  const shown = lidars.filter((name) => !options.hiddenLidars.includes(name));
  return (
    <fieldset className={styles.lidars}>
      <legend>{t('view.options.lidars')}</legend>
      {lidars.map((name) => (
        <label key={name}>
          <input
            type="checkbox"
            checked={shown.includes(name)}
            // One stays: a view without any points says nothing.
            disabled={shown.length === 1 && shown[0] === name}
            onChange={({ target }) => {
              const others = options.hiddenLidars.filter((hidden) => hidden !== name);
              change({ hiddenLidars: target.checked ? others : [...others, name] });
            }}
          />
          {name}
        </label>
      ))}
    </fieldset>
  );
}
