/** A prefix as it is printed this year. */
export const shownPrefix = (prefix: string, today: string) =>
  prefix.replaceAll("{year}", today.slice(0, 4)).replaceAll("{yy}", today.slice(2, 4));
