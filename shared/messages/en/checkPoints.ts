/** The checks that hold labels against the points: what each is called, what it means, and what its findings say. */
export default {} as const;
