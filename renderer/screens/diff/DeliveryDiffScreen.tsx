/** The same for a delivery before there is an audit of it. */
import { useSession } from '../../state/context.tsx';
import { useOpenDelivery } from '../../state/useOpenDelivery.ts';
import { OpeningDelivery } from '../../ui/OpeningDelivery.tsx';
import { shippedSpec } from '../intake/specFile.ts';
import { DiffBench } from './DiffBench.tsx';

export interface DeliveryDiffScreenProps {
  readonly path: string;
  readonly sensorsPath: string | null;
}

export default function DeliveryDiffScreen({ path, sensorsPath }: DeliveryDiffScreenProps) {
  const opening = useOpenDelivery(path, sensorsPath);
  const { opened } = opening;
  const index = useSession((state) => state.index);
  if (!opened || !index) return <OpeningDelivery path={path} opening={opening} />;
  return (
    <DiffBench
      key={opened.delivery}
      index={index}
      delivery={opened.delivery}
      spec={shippedSpec}
      before={null}
    />
  );
}
