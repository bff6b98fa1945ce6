/** The screen of the automatic checks. */
export default { title: 'Checks' } as const;
