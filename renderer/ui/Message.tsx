/** A page that holds only a sentence and what can be done. */
import type { ReactNode } from 'react';
import styles from './Message.module.css';

export function Message({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <section className={styles.message}>
      <h1 className={styles.title}>{title}</h1>
      {children}
    </section>
  );
}
