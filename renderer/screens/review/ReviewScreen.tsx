/** The review screen: one engine for the delivery that is open, and on it the desk of the person who judges. */
import { useSession } from '../../state/context.tsx';
import { EngineProvider } from '../../viewport/react/engineContext.tsx';
import { ReviewDesk } from './ReviewDesk.tsx';
import { useSeededIndex } from './seeds/useSeeds.ts';

export default function ReviewScreen() {
  const { index, name } = useSeededIndex(useSession((state) => state.index));
  const opened = useSession((state) => state.opened);
  const audit = useSession((state) => state.auditId);
  const person = useSession((state) => state.draftsOf);
  // The guard around the screens of an audit has seen to the rest.
  if (!index || !opened) return null;
  return (
    <EngineProvider key={`${audit} ${opened.delivery} ${name}`} index={index} delivery={opened.delivery}>
      <ReviewDesk key={person} />
    </EngineProvider>
  );
}
