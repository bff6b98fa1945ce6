/** The label two people differ on: its three close views and its best camera, with what each of them drew. */
import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { CuboidShape } from '../../../shared/geometry/cuboid.ts';
import { box2dAt, cuboidAt } from '../../../shared/model/labelRow.ts';
import { auditAddress } from '../../app/routes.ts';
import { useSession } from '../../state/context.tsx';
import { rankCameras } from '../../viewport/cameraRank.ts';
import { selecting } from '../../viewport/pointing.ts';
import { ClosePane } from '../../viewport/react/ClosePane.tsx';
import { useEngine, usePointAs } from '../../viewport/react/engineContext.tsx';
import { PicturePane } from '../../viewport/react/PicturePane.tsx';
import { useStrokeLayer } from '../../viewport/react/useStrokeLayer.ts';
import { ViewportStage } from '../../viewport/react/ViewportStage.tsx';
import { limitsOf } from '../review/labelFacts.ts';
import { createUnitLocator } from '../review/locateUnit.ts';
import { unitName } from '../review/unitName.ts';
import styles from './adjudicate.module.css';
import type { Case } from './cases.ts';
import { correctionPainter, type DrawnCorrections } from './correctionPainter.ts';

export function CaseViews({ found }: { found: Case }) {
  const { t } = useTranslation();
  const engine = useEngine();
  const audit = useSession((state) => state.auditId)!;
  const place = useShownCase(found);
  const corrections = useCorrections(found, place?.row ?? null);
  useStrokeLayer(correctionPainter, corrections);
  usePointAs(selecting(() => undefined));
  const { cameras } = engine.index.delivery;
  const camera = place?.camera ?? -1;
  const isLabel = place?.row != null;
  return (
    <div className={styles.views}>
      <header className={styles.subject}>
        <b>{unitName(found.drawn)}</b>
        <span className={styles.dim}>{found.drawn.frame}</span>
        <a href={auditAddress(audit, 'review', found.unit)}>{t('adjudicate.inReview')}</a>
      </header>
      {place === null ? (
        <p className={styles.gone}>{t('adjudicate.notHere')}</p>
      ) : (
        <ViewportStage cursor="select" className={styles.stage}>
          <div className={styles.panes} data-label={isLabel || undefined}>
            {isLabel &&
              (['top', 'side', 'end'] as const).map((face) => (
                <ClosePane key={face} face={face} gap={null} />
              ))}
            <PicturePane
              id="adjudicate"
              camera={camera}
              fit={isLabel || place.box !== null ? 'crop' : 'whole'}
              caption={camera >= 0 && <b data-picture-text>{cameras[camera]!.name}</b>}
            />
          </div>
        </ViewportStage>
      )}
    </div>
  );
}

interface Place {
  readonly frame: number;
  readonly row: number | null;
  readonly box: number | null;
  /** Index into `Delivery.cameras`; -1 = none sees it. */
  readonly camera: number;
}

/** Brings the unit of the case on screen; null where the open delivery does not hold it. */
function useShownCase({ drawn }: Case): Place | null {
  const engine = useEngine();
  const spec = useSession((state) => state.shown!.spec?.spec ?? null);
  const locator = useMemo(() => createUnitLocator(engine.index), [engine]);
  const place = useMemo(() => {
    const located = locator.locate(drawn);
    if (!located) return null;
    const { delivery, labels } = engine.index;
    const frame = delivery.frames.at(located.frame)!;
    const label = located.row === null ? null : cuboidAt(labels, located.row);
    const box = located.box === null ? null : box2dAt(labels, located.box);
    const sights = box
      ? frame.images.flatMap(({ camera }, image) => (camera === box.camera ? [{ camera, image }] : []))
      : label?.isUsable
        ? rankCameras(delivery, frame, label)
        : frame.images.map(({ camera }, image) => ({ camera, image }));
    const limits = spec && label?.isUsable ? limitsOf(spec, label, null) : null;
    return { ...located, sights, toleranceMeters: limits?.centerMeters ?? 0 };
  }, [engine, locator, drawn, spec]);
  useEffect(() => {
    if (!place) return;
    const { frame, row, box, toleranceMeters, sights } = place;
    engine.show(
      { frame, row, box, toleranceMeters, cell: null },
      { ahead: [], behind: [], beside: [], images: sights.map(({ image }) => image) },
    );
  }, [engine, place]);
  return place && { ...place, camera: place.sights[0]?.camera ?? -1 };
}

function useCorrections({ left, right }: Case, row: number | null): DrawnCorrections {
  return useMemo(() => {
    const shape = (verdict: Case['left']): CuboidShape | null => verdict.evidence?.correction ?? null;
    return { row, left: shape(left), right: shape(right) };
  }, [left, right, row]);
}
