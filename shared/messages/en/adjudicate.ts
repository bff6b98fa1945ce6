/** Two auditors who differ: both verdicts side by side, and the ruling. */
export default {} as const;
