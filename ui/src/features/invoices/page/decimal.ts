const NO_BREAK_SPACE = "\u00a0";

/** A decimal string as amounts are read: grouped by thousands, at least `least` decimals. */
export function formatDecimal(text: string, least = 0): string {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text.trim());
  if (!match) return text;
  const [, minus, whole = "0", rest = ""] = match;
  const fraction = rest.replace(/0+$/, "").padEnd(least, "0");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, NO_BREAK_SPACE);
  return `${minus ? "\u2212" : ""}${grouped}${fraction ? `,${fraction}` : ""}`;
}
