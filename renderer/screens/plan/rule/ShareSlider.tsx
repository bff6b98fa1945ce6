/** Sliders of a plan's rule: each snaps to numbers that people say, and takes any other by its field. */
import { NumberInput } from '@mantine/core';
import { useId } from 'react';
import styles from './Rule.module.css';

/** Told while it moves, and once more with the last value when it is let go. */
interface Moved<Value> {
  readonly isDisabled: boolean;
  readonly onMove: (value: Value) => void;
  readonly onRelease: (value: Value) => void;
}

export interface StepSliderProps extends Moved<number> {
  readonly label: string;
  /** Ascending. */
  readonly steps: readonly number[];
  readonly value: number;
  /** The value as it is said aloud. */
  readonly text: string;
}

/** A slider over given numbers; a value between two of them stands at the nearer one. */
export function StepSlider(props: StepSliderProps) {
  const id = useId();
  return (
    <div className={styles.row}>
      <label className={styles.label} htmlFor={id}>
        {props.label}
      </label>
      <Range {...props} id={id} />
      <output className={styles.value} htmlFor={id}>
        {props.text}
      </output>
    </div>
  );
}

export interface ShareSliderProps extends Moved<number> {
  readonly label: string;
  /** Per cent, ascending. */
  readonly steps: readonly number[];
  /** A share of 0..1. */
  readonly value: number;
}

/** A share in per cent: slider and field of one value. */
export function ShareSlider({ label, steps, value, isDisabled, onMove, onRelease }: ShareSliderProps) {
  const id = useId();
  const percent = Number((100 * value).toPrecision(6));
  const shareOf = (moved: number): number => Number((moved / 100).toPrecision(12));
  const range = {
    steps,
    value: percent,
    isDisabled,
    onMove: (moved: number) => onMove(shareOf(moved)),
    onRelease: (moved: number) => onRelease(shareOf(moved)),
  };
  return (
    <div className={styles.row}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      <Range {...range} label={label} text={`${percent} %`} />
      <NumberInput
        id={id}
        className={styles.field!}
        suffix=" %"
        min={0.001}
        max={99.9}
        clampBehavior="blur"
        disabled={isDisabled}
        value={percent}
        onChange={(typed) => {
          if (typeof typed === 'number' && typed > 0 && typed < 100) onMove(shareOf(typed));
        }}
        onBlur={() => onRelease(value)}
      />
    </div>
  );
}

function Range({
  steps,
  value,
  text,
  label,
  isDisabled,
  onMove,
  onRelease,
  id,
}: StepSliderProps & { id?: string }) {
  const at = nearest(steps, value);
  return (
    <input
      id={id}
      type="range"
      className={styles.range}
      min={0}
      max={steps.length - 1}
      step={1}
      value={at}
      disabled={isDisabled}
      aria-label={label}
      aria-valuetext={text}
      onChange={({ target }) => onMove(steps[Number(target.value)]!)}
      onPointerUp={() => onRelease(value)}
      onKeyUp={() => onRelease(value)}
    />
  );
}

function nearest(steps: readonly number[], value: number): number {
  let best = 0;
  for (const [at, step] of steps.entries()) {
    if (Math.abs(step - value) < Math.abs(steps[best]! - value)) best = at;
  }
  return best;
}
