/** The chosen finding in the views: its label close up and from around, the camera that sees it best, its evidence. */
import { useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { CheckFinding } from '../../../shared/checks/finding.ts';
import { box2dAt, cuboidAt } from '../../../shared/model/labelRow.ts';
import { rankCameras } from '../../viewport/cameraRank.ts';
import { selecting } from '../../viewport/pointing.ts';
import { ClosePane } from '../../viewport/react/ClosePane.tsx';
import { ContextPane } from '../../viewport/react/ContextPane.tsx';
import { useEngine, useFacts, usePointAs } from '../../viewport/react/engineContext.tsx';
import { PicturePane } from '../../viewport/react/PicturePane.tsx';
import { useStrokeLayer } from '../../viewport/react/useStrokeLayer.ts';
import { useViewOptions } from '../../viewport/react/useViewOptions.ts';
import { ViewportStage } from '../../viewport/react/ViewportStage.tsx';
import type { SceneNote } from '../../viewport/shown.ts';
import styles from './checks.module.css';
import { evidencePainter, extentOf, noEvidence, segmentNotes } from './evidenceStrokes.ts';
import { type FindingPlace, placeOf } from './findingPlace.ts';

export interface FindingViewsProps {
  readonly finding: CheckFinding | null;
  /** Stands in for the limit of the shell around the label; 0 = none is drawn. */
  readonly toleranceMeters: number;
}

/** Frames shown beside each other where no camera is meant. */
const mostCameras = 4;

interface Sight {
  readonly camera: number;
  /** Index into `Frame.images`. */
  readonly image: number;
}

interface Scene extends FindingPlace {
  readonly sights: readonly Sight[];
}

export function FindingViews({ finding, toleranceMeters }: FindingViewsProps) {
  const engine = useEngine();
  const options = useViewOptions('checks');
  const scene = useScene(finding);
  useShown(scene, toleranceMeters);
  useEvidence(finding, scene);
  useLookAt(finding, scene);
  usePointAs(selecting(() => undefined));
  const { cameras, frames } = engine.index.delivery;
  const isLabel = scene?.row != null;
  const pictures = (scene?.sights ?? []).slice(0, isLabel || scene?.box != null ? 1 : mostCameras);
  const fit = isLabel || scene?.box != null ? 'crop' : 'whole';
  return (
    <ViewportStage cursor="select" className={styles.stage}>
      <div className={styles.panes} data-label={isLabel || undefined} data-testid="finding-views">
        {scene && <ContextPane options={options} title={frames.at(scene.frame)!.id} />}
        {isLabel && <ClosePane face="top" gap={null} />}
        {isLabel && <ClosePane face="side" gap={null} />}
        {pictures.length > 0 && (
          <div className={styles.pictures} data-count={pictures.length}>
            {pictures.map(({ camera }, at) => (
              <PicturePane
                key={isLabel ? 'best' : camera}
                id={`checks ${at}`}
                camera={camera}
                fit={fit}
                caption={<b data-picture-text>{cameras[camera]!.name}</b>}
              />
            ))}
          </div>
        )}
        {scene && pictures.length === 0 && isLabel && <ClosePane face="end" gap={null} />}
        {!scene && <NothingToShow hasFinding={finding !== null} />}
      </div>
    </ViewportStage>
  );
}

function NothingToShow({ hasFinding }: { hasFinding: boolean }) {
  const { t } = useTranslation();
  return <p className={styles.noView}>{t(hasFinding ? 'checks.wholeDelivery' : 'checks.chooseOne')}</p>;
}

function useScene(finding: CheckFinding | null): Scene | null {
  const engine = useEngine();
  return useMemo(() => {
    const place = finding && placeOf(engine.index, finding);
    if (!place) return null;
    const { delivery, labels } = engine.index;
    const frame = delivery.frames.at(place.frame)!;
    const all = frame.images.map(({ camera }, image) => ({ camera, image }));
    const label = place.row === null ? null : cuboidAt(labels, place.row);
    const shape = label?.isUsable ? label : extentOf(finding.evidence);
    const seeing = shape ? rankCameras(delivery, frame, shape) : [];
    const named = place.box === null ? place.camera : box2dAt(labels, place.box).camera;
    const wanted = named === null ? [] : all.filter(({ camera }) => camera === named);
    const rest = [...seeing, ...(label ? [] : all)];
    const sights = [...wanted, ...rest].filter(
      ({ camera }, at, list) => list.findIndex((other) => other.camera === camera) === at,
    );
    return { ...place, sights: sights.map(({ camera, image }) => ({ camera, image })) };
  }, [engine, finding]);
}

function useShown(scene: Scene | null, toleranceMeters: number): void {
  const engine = useEngine();
  useEffect(() => {
    if (!scene) return;
    const { frame, row, box, sights } = scene;
    engine.show(
      { frame, row, box, toleranceMeters, cell: null },
      { ahead: [], behind: [], beside: [], images: sights.slice(0, mostCameras).map(({ image }) => image) },
    );
  }, [engine, scene, toleranceMeters]);
}

function useEvidence(finding: CheckFinding | null, scene: Scene | null): void {
  const engine = useEngine();
  const drawn = useMemo(
    () => (finding && scene ? { frame: scene.frame, pieces: finding.evidence } : noEvidence),
    [finding, scene],
  );
  useStrokeLayer(evidencePainter, drawn);
  useEffect(() => {
    const row = scene?.row ?? null;
    const label = row === null ? null : cuboidAt(engine.index.labels, row);
    const notes = segmentNotes(drawn.pieces, label).map(
      (note, at): SceneNote => ({
        ...{ ...note, id: `checks ${at}`, frame: drawn.frame, tone: 'measure', anchor: 'above' },
      }),
    );
    engine.setNotes('checks', notes);
  }, [engine, drawn, scene]);
  useEffect(() => () => engine.setNotes('checks', []), [engine]);
}

/** Metres from which a label, and a piece of evidence without one, are looked at; more for what is long. */
const labelLook = 32;
const nearestLook = 14;

/**
 * Where there is no label to turn to, the view around turns to what was measured. To labels it turns by itself; how near
 * they are looked at is the person's choice after the first.
 */
function useLookAt(finding: CheckFinding | null, scene: Scene | null): void {
  const engine = useEngine();
  const shownFrame = useFacts((facts) => facts.shown?.frame ?? null);
  const isPlaced = useRef(false);
  useEffect(() => {
    if (!finding || !scene || shownFrame !== scene.frame) return;
    const shape = scene.row === null ? extentOf(finding.evidence) : cuboidAt(engine.index.labels, scene.row);
    if (!shape || (scene.row !== null && isPlaced.current)) return;
    isPlaced.current = true;
    const least = scene.row === null ? nearestLook : labelLook;
    engine.lookAt(shape.center, Math.max(least, 1.6 * Math.hypot(...shape.size)));
  }, [engine, finding, scene, shownFrame]);
}
