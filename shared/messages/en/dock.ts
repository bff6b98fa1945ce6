/** Where panels stand on the review screen. */
export default {} as const;
