/** The sign of the product. */
export function Mark() {
  return (
    <svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <rect width="20" height="20" rx="4" fill="var(--accent-fill)" />
      <path
        d="M6.5 5v10M13.5 5l-5.25 5 5.25 5"
        fill="none"
        stroke="var(--on-fill)"
        strokeWidth="2"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
