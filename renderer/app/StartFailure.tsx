/** Shown when the host does not answer at start: nothing else can work then. */
import type { Problem } from '../../shared/base/problem.ts';
import { languageOf, problemSentence, translator } from '../../shared/messages/translate.ts';
import styles from './StartFailure.module.css';

export function StartFailure({ problem }: { problem: Problem | null }) {
  const translate = translator(languageOf(navigator.language));
  return (
    <main className={styles.page}>
      <h1 className={styles.title}>{translate('app.startFailed')}</h1>
      {problem && <p>{problemSentence(translate, problem)}</p>}
      <button type="button" className={styles.again} onClick={() => location.reload()}>
        {translate('app.errorReload')}
      </button>
    </main>
  );
}
