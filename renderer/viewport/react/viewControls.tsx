/** The rows of the view panel: a switch, a slider, a choice; each with its name and the key that does the same. */
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { CommandKey } from '../../app/CommandKey.tsx';
import type { ViewRoom } from '../viewControl.ts';
import type { ViewOptions } from '../viewOptions.ts';
import styles from './viewPanel.module.css';

type OptionOf<Kind> = {
  [Name in keyof ViewOptions]: ViewOptions[Name] extends Kind ? Name : never;
}[keyof ViewOptions];

interface Row<Field> {
  readonly room: ViewRoom;
  readonly options: ViewOptions;
  readonly change: (patch: Partial<ViewOptions>) => void;
  readonly field: Field;
  /** Command that does the same, without its room. */
  readonly command?: string;
}

function RowKey({ room, command }: Pick<Row<unknown>, 'room' | 'command'>) {
  return command === undefined ? <span /> : <CommandKey id={`${room}.${command}`} />;
}

interface OwnState {
  readonly isOn: boolean;
  readonly onTurn: (isOn: boolean) => void;
}

/** Of a field that is true or false, or of another one whose state is given. */
export function Switch(
  props:
    | (Row<OptionOf<boolean>> & { [Name in keyof OwnState]?: never })
    | (Row<keyof ViewOptions> & OwnState),
) {
  const { t } = useTranslation();
  const { field, room, command, options, change } = props;
  const isOn = props.isOn ?? options[field] === true;
  const onTurn = props.onTurn ?? ((next: boolean) => change({ [field]: next }));
  return (
    <label className={styles.row}>
      <input
        type="checkbox"
        checked={isOn}
        data-option={field}
        onChange={({ target }) => onTurn(target.checked)}
      />
      <span>{t(`view.options.${field}`)}</span>
      <RowKey {...{ room, ...(command === undefined ? {} : { command }) }} />
    </label>
  );
}

const shownAs: Readonly<Record<string, (value: number) => string>> = {
  pixels: (value) => value.toFixed(1),
  meters: (value) => value.toFixed(1),
  centimeters: (value) => (100 * value).toFixed(0),
  times: (value) => value.toFixed(2),
  percent: (value) => (100 * value).toFixed(0),
  sweeps: (value) => value.toFixed(0),
};

export function Slider({
  field,
  room,
  command,
  options,
  change,
  unit,
  from,
  to,
  step,
}: Row<OptionOf<number | null>> & {
  readonly unit: 'pixels' | 'meters' | 'centimeters' | 'times' | 'percent' | 'sweeps';
  readonly from: number;
  readonly to: number;
  readonly step: number;
}) {
  const { t } = useTranslation();
  const id = useId();
  const value = options[field] ?? from;
  const written = t(`view.units.${unit}`, { value: shownAs[unit]!(value) });
  return (
    <div className={styles.slider}>
      <label htmlFor={id}>{t(`view.options.${field}`)}</label>
      <input
        id={id}
        type="range"
        min={from}
        max={to}
        step={step}
        value={value}
        aria-valuetext={written}
        data-option={field}
        onChange={({ target }) => change({ [field]: Number(target.value) })}
      />
      <output htmlFor={id}>{written}</output>
      <RowKey {...{ room, ...(command === undefined ? {} : { command }) }} />
    </div>
  );
}

export function Choice({
  field,
  room,
  command,
  value,
  choices,
  onChoose,
}: Row<keyof ViewOptions> & {
  readonly value: string;
  readonly choices: readonly {
    readonly value: string;
    readonly label: string;
    readonly isOffered: boolean;
  }[];
  readonly onChoose: (value: string) => void;
}) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <div className={styles.choice}>
      <label htmlFor={id}>{t(`view.options.${field}`)}</label>
      <select id={id} value={value} data-option={field} onChange={({ target }) => onChoose(target.value)}>
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value} disabled={!choice.isOffered}>
            {choice.label}
          </option>
        ))}
      </select>
      <RowKey {...{ room, ...(command === undefined ? {} : { command }) }} />
    </div>
  );
}
