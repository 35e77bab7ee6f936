/** A count of lessons as people write it: `7,5`, and a real minus. Digits are kept as they came. */
export function lessonsText(count: string): string {
  return count.replace("-", "\u2212").replace(".", ",");
}

/** The same with a sign in front, for what moved; nothing where nothing did. */
export function movedText(count: string): string {
  const isAsItIs = count === "" || count === "0" || count.startsWith("-");
  return isAsItIs ? lessonsText(count) : `+${lessonsText(count)}`;
}
