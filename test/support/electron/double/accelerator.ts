/** Checks the spelling of accelerators, which Electron ignores with no more than a line on its log. */

const modifiers =
  /^(command|cmd|control|ctrl|commandorcontrol|cmdorctrl|alt|option|altgr|shift|super|meta)$/i;
const keys =
  /^([0-9A-Z]|[)!@#$%^&*(:;+=<,_\->.?/~`{\][|\\}"']|F([1-9]|1\d|2[0-4])|Plus|Space|Tab|Capslock|Numlock|Scrolllock|Backspace|Delete|Insert|Return|Enter|Up|Down|Left|Right|Home|End|PageUp|PageDown|Escape|Esc|VolumeUp|VolumeDown|VolumeMute|PrintScreen|num[0-9]|num(dec|add|sub|mult|div))$/i;

/** Throws for an accelerator that no key press could ever match. */
export function checkAccelerator(accelerator: string): void {
  const parts = accelerator.split('+');
  const key = parts.pop()!;
  if (!keys.test(key) || !parts.every((part) => modifiers.test(part))) {
    throw new Error(`'${accelerator}' is not an accelerator`);
  }
}
