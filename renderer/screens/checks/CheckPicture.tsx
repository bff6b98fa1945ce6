/** A small picture of what a check finds. */
import { useTranslation } from 'react-i18next';
import type { CheckId } from '../../../shared/checks/checkIds.ts';
import { checkPicture } from '../../../shared/report/charts/checkPictures.ts';
import { checkTitle } from '../../../shared/report/checkWords.ts';
import { Chart, screenPalette } from '../../ui/Chart.tsx';
import styles from './checks.module.css';

export function CheckPicture({ id }: { id: CheckId }) {
  const { t } = useTranslation();
  return (
    <div className={styles.checkPicture}>
      <Chart draw={() => checkPicture(id, checkTitle(id, t), screenPalette)} />
    </div>
  );
}
