/** The state of inspection as a pattern and a word: told apart without colour. */
import { useTranslation } from 'react-i18next';
import type { SwitchingState } from '../../../shared/sampling/switching.ts';
import styles from './switching.module.css';

/** The patterns that bands and marks of one drawing are filled with; `scope` keeps their names apart. */
export function StatePatterns({ scope }: { scope: string }) {
  return (
    <defs>
      <pattern id={`${scope}-tightened`} width="6" height="6" patternUnits="userSpaceOnUse">
        <path className={styles.tightenedInk} d="M-1,7 L7,-1 M-1,1 L1,-1 M5,7 L7,5" />
      </pattern>
      <pattern id={`${scope}-reduced`} width="7" height="7" patternUnits="userSpaceOnUse">
        <circle className={styles.reducedInk} cx="3.5" cy="3.5" r="1.2" />
      </pattern>
      <pattern id={`${scope}-discontinued`} width="7" height="7" patternUnits="userSpaceOnUse">
        <path className={styles.discontinuedInk} d="M0,0 L7,7 M7,0 L0,7" />
      </pattern>
    </defs>
  );
}

/** Fill of a state within a drawing that holds `StatePatterns` of the same scope. */
export function stateFill(state: SwitchingState, scope: string): string {
  return state === 'normal' ? 'transparent' : `url(#${scope}-${state})`;
}

export function StateMark({ state, scope }: { state: SwitchingState; scope: string }) {
  const { t } = useTranslation();
  return (
    <span className={styles.stateMark} data-state={state}>
      <svg width="26" height="14" aria-hidden="true">
        <StatePatterns scope={scope} />
        <rect className={styles.bandGround} data-state={state} x="0.5" y="0.5" width="25" height="13" />
        <rect x="0.5" y="0.5" width="25" height="13" fill={stateFill(state, scope)} />
      </svg>
      {t(`switching.states.${state}`)}
    </span>
  );
}
