/** The frames of an audit's delivery, as they are. */
import { useSession } from '../../state/context.tsx';
import { LookBench } from './LookBench.tsx';

export default function LookScreen() {
  const index = useSession((state) => state.index);
  const opened = useSession((state) => state.opened);
  // The guard around the screens of an audit has seen to the rest.
  if (!index || !opened) return null;
  return <LookBench index={index} delivery={opened.delivery} />;
}
