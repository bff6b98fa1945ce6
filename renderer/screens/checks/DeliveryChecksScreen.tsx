/** The same for a delivery before there is an audit of it: findings can be looked at, not answered. */
import { useSession } from '../../state/context.tsx';
import { useOpenDelivery } from '../../state/useOpenDelivery.ts';
import { OpeningDelivery } from '../../ui/OpeningDelivery.tsx';
import { ChecksBench } from './ChecksBench.tsx';

export interface DeliveryChecksScreenProps {
  readonly path: string;
  readonly sensorsPath: string | null;
}

export default function DeliveryChecksScreen({ path, sensorsPath }: DeliveryChecksScreenProps) {
  const opening = useOpenDelivery(path, sensorsPath);
  const { opened } = opening;
  const index = useSession((state) => state.index);
  if (!opened || !index) return <OpeningDelivery path={path} opening={opening} />;
  return <ChecksBench index={index} delivery={opened.delivery} isLookOnly />;
}
