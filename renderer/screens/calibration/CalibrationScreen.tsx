/** The calibration screen of an audit: one engine for the delivery that is open. */
import { useRoute } from '../../app/routes.ts';
import { useServices, useSession } from '../../state/context.tsx';
import { CalibrationBench } from './CalibrationBench.tsx';

export default function CalibrationScreen() {
  const index = useSession((state) => state.index);
  const opened = useSession((state) => state.opened);
  const audit = useSession((state) => state.audit);
  const { settings } = useServices();
  const route = useRoute();
  // The guard around the screens of an audit has seen to the rest.
  if (!index || !opened || !audit) return null;
  const asked = route && 'unit' in route ? route.unit : null;
  const unit = asked ?? placeOf(settings.getState().settings.views['review.place'], audit.audit);
  const drawn = audit.sample?.labels.units.find(({ id }) => id === unit);
  return <CalibrationBench index={index} delivery={opened.delivery} firstFrame={drawn?.frame ?? null} />;
}

/** The unit that review was left at, so that the calibration of what was just looked at is shown. */
function placeOf(view: unknown, audit: string): string | null {
  if (typeof view !== 'object' || view === null || !('audit' in view) || !('unit' in view)) return null;
  return view.audit === audit && typeof view.unit === 'string' ? view.unit : null;
}
