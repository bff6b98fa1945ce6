/** The switching ledger: how strictly the next lot of a vendor is inspected, and why. */
export default {
  title: 'Switching',
} as const;
