/** The search screen: one engine for the delivery that is open, and on it the search desk of the person who judges. */
import { useSession } from '../../state/context.tsx';
import { EngineProvider } from '../../viewport/react/engineContext.tsx';
import { SearchBody } from './SearchBody.tsx';

export default function SearchScreen() {
  const index = useSession((state) => state.index);
  const opened = useSession((state) => state.opened);
  const audit = useSession((state) => state.auditId);
  const person = useSession((state) => state.draftsOf);
  // The guard around the screens of an audit has seen to the rest.
  if (!index || !opened) return null;
  return (
    <EngineProvider key={`${audit} ${opened.delivery}`} index={index} delivery={opened.delivery}>
      <SearchBody key={person} />
    </EngineProvider>
  );
}
