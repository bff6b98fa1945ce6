/** Opens the delivery of an address once, and says how that goes. */
import { useCallback, useEffect, useState } from 'react';
import type { OpenedDelivery } from '../../shared/host/contract.ts';
import { type Task, useTask } from '../ui/useTask.ts';
import { useSession } from './context.tsx';

export interface OpeningDelivery {
  /** `null` until this address's own delivery is open. */
  readonly opened: OpenedDelivery | null;
  readonly opening: Task;
  readonly open: () => void;
}

export function useOpenDelivery(path: string, sensorsPath: string | null): OpeningDelivery {
  const openDelivery = useSession((state) => state.openDelivery);
  const opened = useSession((state) => (state.isTrial ? null : state.opened));
  const opening = useTask();
  const { run } = opening;
  // The host answers with the real folder, and with the sensor root it remembers: both may differ from the address.
  const [answered, setAnswered] = useState<{ readonly address: string; readonly delivery: string } | null>(
    null,
  );
  const address = JSON.stringify([path, sensorsPath]);
  const open = useCallback(
    () =>
      void run(async (options) => {
        const { delivery } = await openDelivery(path, sensorsPath, options);
        setAnswered({ address: JSON.stringify([path, sensorsPath]), delivery });
      }),
    [run, openDelivery, path, sensorsPath],
  );
  const isSame = opened?.path === path && opened.sensorsPath === sensorsPath;
  const isOpen = isSame || (answered?.address === address && answered.delivery === opened?.delivery);
  // biome-ignore lint/correctness/useExhaustiveDependencies: opened once for each address
  useEffect(() => {
    if (!isOpen) open();
  }, [open]);
  return { opened: isOpen ? opened : null, opening, open };
}
