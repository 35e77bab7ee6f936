const percents = new Intl.NumberFormat("nb-NO", { maximumFractionDigits: 1 });

/** By how much something grew, from thousandths of what it was; nothing where that was nothing. */
export function GrowthText({ of }: { of: number | null }) {
  if (of === null) return <span className="t3">–</span>;
  const text = `${percents.format(of / 10).replace("-", "−")} %`;
  return <span className="num">{of > 0 ? `+${text}` : text}</span>;
}
