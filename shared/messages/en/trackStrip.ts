/** The label in time: small pictures and plots. */
export default {} as const;
