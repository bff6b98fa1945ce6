/** The key cap of a command: shows the key in force, and nothing where the command has none. */
import { Key, type KeyProps } from '../ui/Key.tsx';
import { useCommandKeys } from './commands.ts';

export function CommandKey({ id, ...rest }: { id: string } & Omit<KeyProps, 'name'>) {
  const [key] = useCommandKeys(id);
  return key === undefined ? null : <Key name={key} {...rest} />;
}
