/** A square button that shows only a picture: its name and key are in the tip and for screen readers. */
import { Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';
import { useCommandKeys } from '../app/commands.ts';
import { spokenKey } from '../app/keys.ts';
import styles from './IconButton.module.css';
import { Key } from './Key.tsx';

export interface IconButtonProps {
  readonly label: string;
  /** Id of the command that does the same: its key in force is shown. */
  readonly command?: string;
  /** A key that is no command's, e.g. one of a list. */
  readonly keyName?: string;
  readonly isPressed?: boolean;
  readonly isDisabled?: boolean;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

export function IconButton({ label, isPressed, isDisabled, onClick, children, ...rest }: IconButtonProps) {
  const [inForce] = useCommandKeys(rest.command ?? '');
  const keyName = inForce ?? rest.keyName;
  return (
    <Tooltip
      label={
        <>
          {label} {keyName && <Key name={keyName} />}
        </>
      }
    >
      <button
        type="button"
        className={styles.button}
        aria-label={label}
        aria-pressed={isPressed}
        aria-keyshortcuts={keyName && spokenKey(keyName)}
        disabled={isDisabled}
        onClick={onClick}
      >
        {children}
      </button>
    </Tooltip>
  );
}
