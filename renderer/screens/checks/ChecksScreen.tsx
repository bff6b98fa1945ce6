/** The automatic checks of an audit's delivery. */
import { useSession } from '../../state/context.tsx';
import { ChecksBench } from './ChecksBench.tsx';

export default function ChecksScreen() {
  const index = useSession((state) => state.index);
  const opened = useSession((state) => state.opened);
  // The guard around the screens of an audit has seen to the rest.
  if (!index || !opened) return null;
  return <ChecksBench index={index} delivery={opened.delivery} isLookOnly={false} />;
}
