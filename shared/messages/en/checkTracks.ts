/** The checks of motion and identity: what each is called, what it means, and what its findings say. */
export default {} as const;
