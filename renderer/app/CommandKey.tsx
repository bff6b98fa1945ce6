/** The key cap of a command: shows the key in force, and nothing where the command has none. */
import { Key } from '../ui/Key.tsx';
import { useCommandKeys } from './commands.ts';

export function CommandKey({ id }: { id: string }) {
  const [key] = useCommandKeys(id);
  return key === undefined ? null : <Key name={key} />;
}
