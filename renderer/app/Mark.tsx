/** The product's mark: a cuboid with one face filled. */
export function Mark() {
  return (
    <svg viewBox="0 0 24 24" width="18" height="18" aria-hidden="true">
      <path
        d="M12 2 21 7v10l-9 5-9-5V7z"
        fill="none"
        stroke="var(--accent)"
        strokeWidth="2"
        strokeLinejoin="round"
      />
      <path d="M12 2v20l-9-5V7z" fill="var(--accent)" />
    </svg>
  );
}
