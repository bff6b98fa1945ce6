/** How points, pictures and overlays are shown. */
export default {} as const;
