import type { TFunction } from "i18next";
import type { TaxCodeView } from "~/ipc/gen/TaxCodeView";
import type { GridColumn } from "~/ui/grid";
import { Day, Pill } from "~/ui/primitives";
import { CATEGORIES } from "./vat";

/** The VAT table: what a code means, and since when. */
export function vatColumns(
  t: TFunction<"settings">,
  holds: (row: TaxCodeView) => boolean,
): GridColumn<TaxCodeView>[] {
  return [
    {
      id: "code",
      header: t("vat_code"),
      width: 88,
      isPinned: true,
      cell: (r) => <span className="num t2">{r.code}</span>,
    },
    {
      id: "name",
      header: t("name"),
      width: 136,
      cell: (r) => (
        <span className={`clip ${holds(r) ? "" : "t3"}`} title={r.name}>
          {r.name}
        </span>
      ),
    },
    {
      id: "rate",
      header: t("rate"),
      width: 80,
      align: "end",
      cell: (r) => <span className="num">{r.rate.replace(".", ",")} %</span>,
    },
    {
      id: "valid_from",
      header: t("valid_from"),
      width: 128,
      cell: (r) => (
        <span className="t2">
          <Day of={r.valid_from} look="long" />
        </span>
      ),
    },
    {
      id: "now",
      header: t("state"),
      width: 104,
      cell: (r) =>
        holds(r) ? (
          <Pill tone="success" shape="check" isQuiet>
            {t("in_force")}
          </Pill>
        ) : (
          <span className="t3">–</span>
        ),
    },
    {
      id: "category",
      header: t("category"),
      width: 160,
      givesWay: 1,
      cell: (r) => (
        <span className="t2 clip">
          {t(`category_${CATEGORIES.find((one) => one === r.category) ?? "S"}`)}
        </span>
      ),
    },
    {
      id: "reason",
      header: t("printed_reason"),
      width: 160,
      grow: true,
      cell: (r) => (
        <span className="t2 clip" title={r.reason ?? ""}>
          {r.reason ?? <span className="t3">–</span>}
        </span>
      ),
    },
  ];
}
