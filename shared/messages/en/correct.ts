/** The auditor's own box beside the vendor's, and what lies between them. */
export default {} as const;
