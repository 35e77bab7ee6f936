import type { TFunction } from "i18next";
import { rateText } from "~/ui/exchange/words";
import type { GridColumn } from "~/ui/grid";
import { Day } from "~/ui/primitives";
import { othersOf, type RatesOf } from "./rates";

const Dash = () => <span className="t3">–</span>;

/** Each currency with the rate that holds, since when, and where it is from. */
export function rateColumns(
  t: TFunction<"exchange">,
  base: string,
  nameOf: (currency: string) => string,
): GridColumn<RatesOf>[] {
  return [
    {
      id: "currency",
      header: t("currency"),
      width: 88,
      isPinned: true,
      cell: (r) => <span className="num medium">{r.currency}</span>,
    },
    {
      id: "name",
      header: t("name"),
      width: 176,
      givesWay: 1,
      cell: (r) => <span className="t2 clip">{nameOf(r.currency)}</span>,
    },
    {
      id: "rate",
      header: t("rate_in", { base }),
      width: 128,
      align: "end",
      cell: (r) => (r.now ? <span className="num">{rateText(r.now.rate)}</span> : <Dash />),
    },
    {
      id: "on",
      header: t("holds_since"),
      width: 128,
      cell: (r) =>
        r.now ? (
          <span className="t2">
            <Day of={r.now.on} look="long" />
          </span>
        ) : (
          <span className="t3">{t("not_yet")}</span>
        ),
    },
    {
      id: "source",
      header: t("source"),
      width: 160,
      grow: true,
      cell: (r) => (
        <span className="t2 clip" title={r.now?.source}>
          {r.now?.source || <Dash />}
        </span>
      ),
    },
    {
      id: "others",
      header: t("others"),
      width: 104,
      align: "end",
      givesWay: 2,
      cell: (r) =>
        othersOf(r).length > 0 ? <span className="num t2">{othersOf(r).length}</span> : <Dash />,
    },
  ];
}
