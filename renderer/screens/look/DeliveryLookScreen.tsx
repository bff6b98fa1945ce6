/** The frames of a delivery before there is an audit of it. */
import { useSession } from '../../state/context.tsx';
import { useOpenDelivery } from '../../state/useOpenDelivery.ts';
import { OpeningDelivery } from '../../ui/OpeningDelivery.tsx';
import { LookBench } from './LookBench.tsx';

export interface DeliveryLookScreenProps {
  readonly path: string;
  readonly sensorsPath: string | null;
}

export default function DeliveryLookScreen({ path, sensorsPath }: DeliveryLookScreenProps) {
  const opening = useOpenDelivery(path, sensorsPath);
  const { opened } = opening;
  const index = useSession((state) => state.index);
  if (!opened || !index) return <OpeningDelivery path={path} opening={opening} />;
  return <LookBench index={index} delivery={opened.delivery} />;
}
