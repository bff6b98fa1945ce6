/** The event object of the main process: carries its facts and can be called off. */

export type Preventable<Facts extends object> = Facts & {
  readonly defaultPrevented: boolean;
  preventDefault(): void;
};

/** An event with the given facts that nobody has called off yet. */
export function preventable<Facts extends object>(facts: Facts): Preventable<Facts> {
  let prevented = false;
  return Object.defineProperties({ ...facts } as Preventable<Facts>, {
    defaultPrevented: { get: () => prevented, enumerable: true },
    preventDefault: {
      value: () => {
        prevented = true;
      },
    },
  });
}
