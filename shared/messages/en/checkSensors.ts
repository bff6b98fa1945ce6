/** The checks of cameras, times, poses and calibration: what each is called, what it means, and what its findings say. */
export default {} as const;
