/** The fields of the form: where a value stands, with what was found there; choices; lists of patterns; numbers. */
import { NativeSelect, Textarea, TextInput } from '@mantine/core';
import { createContext, useContext, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './mapping.module.css';
import type { MappingLook } from './useMapping.ts';

/** What the first rows hold, for every field of the form. */
export const LookContext = createContext<MappingLook | null>(null);

export interface FieldInputProps {
  readonly label: string;
  readonly value: string | null;
  readonly onChange: (field: string | null) => void;
  readonly testId?: string;
  /** False where the field is not one of a label row, so that the first rows say nothing about it. */
  readonly isSampled?: boolean;
}

/** A way to a value, chosen from those that the first rows have or typed; beside it what was found there. */
export function FieldInput({ label, value, onChange, testId, isSampled = true }: FieldInputProps) {
  const { t } = useTranslation();
  const look = useContext(LookContext);
  const list = useId();
  const found = look?.fields.find(({ field }) => field === value);
  const isMissing = isSampled && value !== null && look !== null && found === undefined;
  return (
    <div className={styles.field}>
      <TextInput
        label={label}
        value={value ?? ''}
        list={list}
        spellCheck={false}
        onChange={(event) => onChange(event.currentTarget.value || null)}
        data-testid={testId}
      />
      <span className={styles.samples} data-missing={isMissing || undefined}>
        {isMissing ? t('mapping.notFound') : found?.samples.join(' · ')}
      </span>
      <datalist id={list}>
        {look?.fields.map(({ field, samples }) => (
          <option key={field} value={field}>
            {samples[0]}
          </option>
        ))}
      </datalist>
    </div>
  );
}

export interface ChoiceInputProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly choices: readonly Value[];
  /** Catalogue branch that names the choices; absent = they are shown as they are written. */
  readonly names?: string;
  readonly onChange: (value: Value) => void;
  readonly testId?: string;
}

export function ChoiceInput<Value extends string>({
  label,
  value,
  choices,
  names,
  onChange,
  testId,
}: ChoiceInputProps<Value>) {
  const { t } = useTranslation();
  return (
    <NativeSelect
      label={label}
      value={value}
      data={choices.map((choice) => ({ value: choice, label: names ? t(`${names}.${choice}`) : choice }))}
      onChange={(event) => onChange(choices.find((choice) => choice === event.currentTarget.value) ?? value)}
      data-testid={testId}
    />
  );
}

export interface LinesInputProps {
  readonly label: string;
  readonly hint?: string;
  readonly value: readonly string[];
  readonly onChange: (lines: string[]) => void;
  readonly testId?: string;
}

/** One entry a line. */
export function LinesInput({ label, hint, value, onChange, testId }: LinesInputProps) {
  const [text, setText] = useTextOf(value.join('\n'), (typed) => linesOf(typed).join('\n'));
  return (
    <Textarea
      label={label}
      description={hint}
      value={text}
      autosize
      minRows={1}
      maxRows={8}
      spellCheck={false}
      onChange={(event) => {
        setText(event.currentTarget.value);
        onChange(linesOf(event.currentTarget.value));
      }}
      data-testid={testId}
    />
  );
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** What is typed, until the value becomes another than what the text says (undo, a loaded file). */
function useTextOf(
  given: string,
  said: (typed: string) => string,
): readonly [string, (text: string) => void] {
  const [typed, setTyped] = useState(given);
  return [said(typed) === given ? typed : given, setTyped] as const;
}

export type FieldOrNumbers = string | number | number[] | null;

export interface ValueInputProps {
  readonly label: string;
  readonly value: FieldOrNumbers;
  readonly onChange: (value: FieldOrNumbers) => void;
  readonly testId?: string;
}

const shown = (value: FieldOrNumbers): string =>
  Array.isArray(value) ? value.join(' ') : String(value ?? '');

/** `12.5` is a number, `1 0 0 ...` are several, anything else is the way to one. */
export function readValue(text: string): FieldOrNumbers {
  const words = text.split(/[\s,;[\]]+/).filter((word) => word !== '');
  if (words.length === 0) return null;
  const numbers = words.map(Number);
  if (!numbers.every(Number.isFinite)) return text.trim();
  return numbers.length === 1 ? numbers[0]! : numbers;
}

export function ValueInput({ label, value, onChange, testId }: ValueInputProps) {
  const [text, setText] = useTextOf(shown(value), (typed) => shown(readValue(typed)));
  return (
    <TextInput
      label={label}
      value={text}
      spellCheck={false}
      onChange={(event) => {
        setText(event.currentTarget.value);
        onChange(readValue(event.currentTarget.value));
      }}
      data-testid={testId}
    />
  );
}
