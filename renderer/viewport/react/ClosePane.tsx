/** A pane with one orthographic view of the label: its name, its scale, its tolerance, and the measured gap. */
import { useTranslation } from 'react-i18next';
import { cuboidAt } from '../../../shared/model/labelRow.ts';
import { faceIsReadIn, leaderOf } from '../explanations.ts';
import { gapTagPlace } from '../labelStrokes.ts';
import { scaleText } from '../scaleText.ts';
import type { ShownGap } from '../shown.ts';
import type { CloseFace } from '../views/closeView.ts';
import { EmptyReason } from './EmptyReason.tsx';
import { useEngine, useFacts } from './engineContext.tsx';
import { NoteTags } from './NoteTags.tsx';
import { SceneTag } from './SceneTag.tsx';
import { usePaneView } from './usePaneView.ts';
import styles from './viewport.module.css';

export function ClosePane({ face, gap }: { face: CloseFace; gap: ShownGap | null }) {
  const { t } = useTranslation();
  const { element, view } = usePaneView(face, (engine, target) => engine.makeCloseView(target, face));
  const metersPerPixel = useFacts((facts) => facts.metersPerPixel[face]);
  const isFlipped = useFacts((facts) => facts.isFlipped);
  const tolerance = useFacts((facts) => facts.shown?.toleranceMeters ?? 0);
  return (
    <div className={styles.pane} ref={element} data-testid={`pane-${face}`}>
      <div className={styles.caption}>
        <b data-picture-text data-dock-handle title={t('viewport.decides.geometry')}>
          {t(`viewport.faces.${face}${isFlipped ? 'Flipped' : ''}`)}
        </b>
        {metersPerPixel > 0 && (
          <span data-picture-text>{t('viewport.scale', { scale: scaleText(metersPerPixel) })}</span>
        )}
        {face === 'top' && tolerance > 0 && (
          <span data-picture-text>{t('viewport.tolerance', { meters: tolerance.toFixed(2) })}</span>
        )}
      </div>
      <EmptyReason what="label" />
      {view && <GapTag view={view} gap={gap} />}
      {view && <NoteTags view={view} />}
    </div>
  );
}

function GapTag({
  view,
  gap,
}: {
  view: Parameters<typeof SceneTag>[0]['view'] & { face: CloseFace };
  gap: ShownGap | null;
}) {
  const engine = useEngine();
  const row = useFacts((facts) => facts.shown?.row ?? null);
  if (!gap || row !== gap.row || faceIsReadIn(gap.face) !== view.face) return null;
  const label = cuboidAt(engine.index.labels, row);
  const { to } = gapTagPlace(label, gap.face, gap.meters, leaderOf(label));
  return (
    <SceneTag view={view} place={to} tone="measure" anchor="right">
      {gap.text}
    </SceneTag>
  );
}
