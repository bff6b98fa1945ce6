/** Every camera in one line: how many objects were compared, how well they fit, what is suspected. */
import { useTranslation } from 'react-i18next';
import { CommandKey } from '../../app/CommandKey.tsx';
import { useEngine } from '../../viewport/react/engineContext.tsx';
import styles from './calibration.module.css';
import type { Alignment } from './useAlignment.ts';
import type { SceneResiduals } from './useResiduals.ts';
import { suspicionOf } from './VerdictPart.tsx';

export interface ResidualTableProps {
  readonly residuals: SceneResiduals;
  readonly alignment: Alignment;
  readonly cameras: readonly number[];
  readonly camera: number;
  readonly onCamera: (camera: number) => void;
}

export function ResidualTable({ residuals, alignment, cameras, camera, onCamera }: ResidualTableProps) {
  const { t } = useTranslation();
  const names = useEngine().index.delivery.cameras;
  return (
    <section className={styles.part}>
      <h2>
        {t('calibration.cameras')} <CommandKey id="calibration.cameraOn" />
      </h2>
      <table className={styles.table} data-testid="camera-table">
        <thead>
          <tr>
            <th scope="col">{t('calibration.column.camera')}</th>
            <th scope="col" data-number>
              {t('calibration.column.pairs')}
            </th>
            <th scope="col" data-number>
              {t('calibration.column.iou')}
            </th>
            <th scope="col" data-number>
              {t('calibration.column.pixels')}
            </th>
            <th scope="col">{t('calibration.column.verdict')}</th>
          </tr>
        </thead>
        <tbody>
          {cameras.map((each) => {
            const found = residuals.cameras.get(each) ?? null;
            const summary = found?.summary ?? null;
            // Edges are measured for the camera that is looked at.
            const suspicion = suspicionOf(found, each === camera ? alignment : null);
            return (
              <tr key={each} data-selected={each === camera || undefined}>
                <th scope="row">
                  <button type="button" aria-pressed={each === camera} onClick={() => onCamera(each)}>
                    {names[each]!.name}
                  </button>
                </th>
                <td data-number>{summary?.count ?? 0}</td>
                <td data-number>{summary ? summary.meanIou.toFixed(2) : '–'}</td>
                <td data-number>{summary?.medianDistance?.toFixed(1) ?? '–'}</td>
                <td data-suspicion={suspicion}>{t(`calibration.suspected.${suspicion}`)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
