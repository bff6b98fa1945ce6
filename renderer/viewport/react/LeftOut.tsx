/** What the views of points leave out or change just now, in words: nothing is hidden without saying so. */
import { useTranslation } from 'react-i18next';
import { count } from '../../ui/format.ts';
import type { ViewOptions } from '../viewOptions.ts';
import { useFacts } from './engineContext.tsx';

export function LeftOut({ options }: { options: ViewOptions }) {
  const { t } = useTranslation();
  const groundPoints = useFacts((facts) => facts.groundPoints);
  const hasLabel = useFacts((facts) => facts.shown?.row != null);
  const { mergedSweeps, mergeFollowsLabel, compareWith, hideGround, clipMeters, hiddenLidars } = options;
  const isFollowed = mergeFollowsLabel && hasLabel && mergedSweeps > 0;
  return (
    <>
      {mergedSweeps > 0 && <span data-picture-text>{t('viewport.merged', { count: mergedSweeps })}</span>}
      {isFollowed && <span data-picture-text>{t('view.followed')}</span>}
      {compareWith !== null && <span data-picture-text>{t('viewport.compared', { name: compareWith })}</span>}
      {hideGround && (
        <span data-picture-text data-testid="ground-hidden" data-points={groundPoints}>
          {t('view.ground', { points: count(groundPoints) })}
        </span>
      )}
      {clipMeters !== null && (
        <span data-picture-text>
          {t(hasLabel ? 'view.clippedLabel' : 'view.clippedSensor', { meters: clipMeters })}
        </span>
      )}
      {hiddenLidars.length > 0 && (
        <span data-picture-text>{t('view.lidarsHidden', { names: hiddenLidars.join(', ') })}</span>
      )}
    </>
  );
}
