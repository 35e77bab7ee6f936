import type { TFunction } from "i18next";
import type { ServiceRow } from "~/ipc/gen/ServiceRow";
import type { GridColumn } from "~/ui/grid";
import { Amount, Pill } from "~/ui/primitives";
import { KINDS } from "./service";

/** Columns of the price list; what is no longer sold is dimmed. */
export function priceColumns(t: TFunction<"settings">, isGross: boolean): GridColumn<ServiceRow>[] {
  const dim = (row: ServiceRow) => (row.active ? undefined : "t3");
  return [
    {
      id: "code",
      header: t("code"),
      width: 104,
      isPinned: true,
      cell: (r) => <span className={`num ${dim(r) ?? "t2"}`}>{r.code}</span>,
    },
    {
      id: "name",
      header: t("name"),
      width: 200,
      grow: true,
      cell: (r) => (
        <span className={`clip ${dim(r) ?? ""}`} title={r.name}>
          {r.name}
        </span>
      ),
    },
    {
      id: "kind",
      header: t("kind"),
      width: 116,
      cell: (r) => (
        <span className="t2 clip">
          {t(`kind_${KINDS.find((kind) => kind === r.kind) ?? "lesson"}`)}
        </span>
      ),
    },
    {
      id: "tax",
      header: t("vat_code"),
      width: 112,
      givesWay: 2,
      cell: (r) => <span className="t2 clip">{r.tax_name}</span>,
    },
    {
      id: "account",
      header: t("account"),
      width: 80,
      givesWay: 1,
      cell: (r) => <span className="num t2">{r.income_account || "–"}</span>,
    },
    {
      id: "price",
      header: t(isGross ? "price_gross" : "price_net"),
      width: 128,
      align: "end",
      cell: (r) => (
        <Amount
          of={{ amount: r.unit_price, currency: r.currency }}
          look={r.active ? "main" : "dim"}
        />
      ),
    },
    {
      id: "active",
      header: t("in_use"),
      width: 112,
      cell: (r) => (
        <Pill tone={r.active ? "success" : "neutral"} shape={r.active ? "check" : "none"} isQuiet>
          {t(r.active ? "active" : "inactive")}
        </Pill>
      ),
    },
  ];
}
