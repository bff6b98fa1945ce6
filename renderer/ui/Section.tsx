/** A titled part of a screen: a line, a heading, content. No box around it. */
import type { ReactNode } from 'react';
import styles from './Section.module.css';

export interface SectionProps {
  readonly title: string;
  /** Beside the title: a count, a button. */
  readonly aside?: ReactNode;
  readonly children: ReactNode;
  readonly className?: string | undefined;
}

export function Section({ title, aside, children, className }: SectionProps) {
  return (
    <section className={`${styles.section} ${className ?? ''}`}>
      <header className={styles.head}>
        <h2 className={styles.title}>{title}</h2>
        {aside}
      </header>
      {children}
    </section>
  );
}
