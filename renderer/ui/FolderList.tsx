/** The folders (and, where asked for, files) of one place, walked with the arrow keys. */
import { File, Folder, FolderUp } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HostOutput } from '../../shared/host/contract.ts';
import styles from './FolderDialog.module.css';
import { bytes } from './format.ts';

interface Entry {
  readonly kind: 'parent' | 'folder' | 'file';
  readonly name: string;
  readonly path: string;
  readonly size: number;
}

export interface FolderListProps {
  readonly listing: HostOutput<'folders.list'>;
  readonly takesFiles: boolean;
  readonly onOpen: (path: string) => void;
  readonly onChooseFile: (path: string) => void;
}

export function FolderList({ listing, takesFiles, onOpen, onChooseFile }: FolderListProps) {
  const { t } = useTranslation();
  const entries = entriesOf(listing, t('folders.parent'));
  const [at, setAt] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const isWalking = useRef(false);
  useEffect(() => {
    const entry = list.current?.children[at] as HTMLElement | undefined;
    if (isWalking.current) entry?.focus();
  }, [at]);

  function activate(entry: Entry | undefined): void {
    if (entry === undefined) return;
    if (entry.kind !== 'file') onOpen(entry.path);
    else if (takesFiles) onChooseFile(entry.path);
  }

  function onKeyDown(event: React.KeyboardEvent): void {
    const last = entries.length - 1;
    const steps: Record<string, number> = {
      ArrowDown: Math.min(last, at + 1),
      ArrowUp: Math.max(0, at - 1),
      Home: 0,
      End: last,
    };
    const next = steps[event.key];
    isWalking.current = true;
    if (next !== undefined) setAt(next);
    else if (event.key === 'Enter' || event.key === 'ArrowRight') activate(entries[at]);
    else if (event.key === 'ArrowLeft' && listing.parent !== null) onOpen(listing.parent);
    else return;
    event.preventDefault();
  }

  return (
    <div ref={list} className={styles.list} role="listbox" aria-label={listing.path}>
      {entries.map((entry, index) => (
        <div
          key={`${entry.kind} ${entry.name}`}
          role="option"
          tabIndex={index === at ? 0 : -1}
          aria-selected={index === at}
          className={styles.entry}
          data-kind={entry.kind}
          data-dim={entry.kind === 'file' && !takesFiles ? '' : undefined}
          onKeyDown={onKeyDown}
          onClick={() => setAt(index)}
          onDoubleClick={() => activate(entry)}
        >
          {entry.kind === 'parent' ? (
            <FolderUp size={16} />
          ) : entry.kind === 'folder' ? (
            <Folder size={16} />
          ) : (
            <File size={16} />
          )}
          <span className={styles.name}>{entry.name}</span>
          {entry.kind === 'file' && <span className={styles.size}>{bytes(entry.size)}</span>}
        </div>
      ))}
      {entries.length === 0 && <div className={styles.empty}>{t('folders.empty')}</div>}
    </div>
  );
}

function entriesOf(listing: HostOutput<'folders.list'>, parentName: string): Entry[] {
  const inside = (name: string): string => joined(listing.path, name);
  const parent: Entry[] =
    listing.parent === null ? [] : [{ kind: 'parent', name: parentName, path: listing.parent, size: 0 }];
  return [
    ...parent,
    ...listing.folders.map((name): Entry => ({ kind: 'folder', name, path: inside(name), size: 0 })),
    ...listing.files.map(({ name, size }): Entry => ({ kind: 'file', name, path: inside(name), size })),
  ];
}

/** Joins with the separator the host's own path uses. */
function joined(folder: string, name: string): string {
  const separator = folder.includes('\\') && !folder.startsWith('/') ? '\\' : '/';
  return folder.endsWith(separator) ? `${folder}${name}` : `${folder}${separator}${name}`;
}
