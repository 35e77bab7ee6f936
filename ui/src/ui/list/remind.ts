/** More students than this make an address nobody's browser takes. */
const MOST = 100;

/**
 * The reminders with just the messages of these students chosen. Nothing where it is not known who
 * they are, or they are too many to be named.
 */
export function remindPath(students: readonly string[] | undefined): string | undefined {
  const ids = new Set(students?.filter((id) => id !== ""));
  if (ids.size === 0 || ids.size > MOST) return undefined;
  return `/reminders?only=${[...ids].join(",")}`;
}
