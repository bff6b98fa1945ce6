/** The review screen: one engine for the delivery that is open, and the desk on it. */
import { useSession } from '../../state/context.tsx';
import { EngineProvider } from '../../viewport/react/engineContext.tsx';
import { ReviewDesk } from './ReviewDesk.tsx';

export default function ReviewScreen() {
  const index = useSession((state) => state.index);
  const opened = useSession((state) => state.opened);
  const audit = useSession((state) => state.auditId);
  // The guard around the screens of an audit has seen to the rest.
  if (!index || !opened) return null;
  return (
    <EngineProvider key={`${audit} ${opened.delivery}`} index={index} delivery={opened.delivery}>
      <ReviewDesk />
    </EngineProvider>
  );
}
