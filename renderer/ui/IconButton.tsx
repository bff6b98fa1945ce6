/** A square button that shows only a picture: its name and key are in the tip and for screen readers. */
import { Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';
import { keyLabel } from '../app/keys.ts';
import styles from './IconButton.module.css';
import { Key } from './Key.tsx';

export interface IconButtonProps {
  readonly label: string;
  readonly keyName?: string;
  readonly isPressed?: boolean;
  readonly isDisabled?: boolean;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

export function IconButton({ label, keyName, isPressed, isDisabled, onClick, children }: IconButtonProps) {
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
        aria-keyshortcuts={keyName && keyLabel(keyName)}
        disabled={isDisabled}
        onClick={onClick}
      >
        {children}
      </button>
    </Tooltip>
  );
}
