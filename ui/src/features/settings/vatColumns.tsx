import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import type { TaxCodeView } from "~/ipc/gen/TaxCodeView";
import type { GridColumn } from "~/ui/grid";
import { Day, Pill } from "~/ui/primitives";
import { CATEGORIES } from "./vat";

interface Dated {
  /** It is the one in force. */
  holds: (row: TaxCodeView) => boolean;
  /** Its last day, where another follows it; nothing of one that has yet to begin. */
  until: (row: TaxCodeView) => string | undefined;
}

/** The VAT table: what a code means, and from which day to which. */
export function vatColumns(
  t: TFunction<"settings">,
  { holds, until }: Dated,
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
      cell: (r) => (
        <span className={`num ${holds(r) ? "" : "t3"}`}>{r.rate.replace(".", ",")} %</span>
      ),
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
      width: 168,
      cell: (r) => <Holding holds={holds(r)} until={until(r)} />,
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

/** Whether an entry holds, has held until a day, or is still to come. */
function Holding({ holds, until }: { holds: boolean; until: string | undefined }) {
  const { t } = useTranslation("settings");
  if (holds)
    return (
      <Pill tone="success" shape="check" isQuiet>
        {t("in_force")}
      </Pill>
    );
  if (until === undefined) return <span className="t2">{t("rate_to_come")}</span>;
  return (
    <span className="t3">
      {t("rate_until")} <Day of={until} look="long" />
    </span>
  );
}
