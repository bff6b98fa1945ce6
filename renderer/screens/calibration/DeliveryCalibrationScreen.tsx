/** The calibration of a delivery before there is an audit of it. */
import { useSession } from '../../state/context.tsx';
import { useOpenDelivery } from '../../state/useOpenDelivery.ts';
import { OpeningDelivery } from '../../ui/OpeningDelivery.tsx';
import { CalibrationBench } from './CalibrationBench.tsx';

export interface DeliveryCalibrationScreenProps {
  readonly path: string;
  readonly sensorsPath: string | null;
}

export default function DeliveryCalibrationScreen({ path, sensorsPath }: DeliveryCalibrationScreenProps) {
  const opening = useOpenDelivery(path, sensorsPath);
  const { opened } = opening;
  const index = useSession((state) => state.index);
  if (!opened || !index) return <OpeningDelivery path={path} opening={opening} />;
  return <CalibrationBench index={index} delivery={opened.delivery} firstFrame={null} />;
}
