import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { placeOf } from "~/domain/places";
import type { InvoiceView } from "~/ipc/gen/InvoiceView";
import type { SettlementView } from "~/ipc/gen/SettlementView";
import { Amount, Button, Day, Table, type TableColumn } from "~/ui/primitives";
import { ReleaseDialog } from "~/ui/release/ReleaseDialog";
import s from "./Document.module.css";

/** What took from the balance, and what did once and no longer does. */
export function Settled({ invoice }: { invoice: InvoiceView }) {
  const { t } = useTranslation("invoices");
  const [chosen, setChosen] = useState<SettlementView | null>(null);
  if (invoice.settlements.length === 0) return null;
  return (
    <section className={s.part}>
      <h2 className={s.partName}>{t("settled_by")}</h2>
      <Table
        label={t("settled_by")}
        rows={invoice.settlements}
        rowId={(row) => row.id}
        columns={[
          { id: "date", header: t("date"), width: "96px", cell: (row) => <Day of={row.date} /> },
          { id: "by", header: t("by"), cell: (row) => <By row={row} /> },
          {
            id: "amount",
            header: t("amount"),
            align: "end",
            cell: (row) => (
              <span className={row.ended_on ? "t3" : undefined}>
                <Amount of={row.amount} />
              </span>
            ),
          },
          ...(invoice.settlements.some((row) => row.gain) ? [gainColumn(t("gain_or_loss"))] : []),
          {
            id: "verb",
            header: <span className="sr">{t("release")}</span>,
            align: "end",
            width: "112px",
            cell: (row) =>
              row.ended_on === null && (
                <Button size="small" variant="quiet" onPress={() => setChosen(row)}>
                  {t("release")}
                </Button>
              ),
          },
        ]}
      />
      {chosen && (
        <ReleaseDialog
          settlement={chosen}
          number={invoice.number}
          onClose={() => setChosen(null)}
        />
      )}
    </section>
  );
}

/** What was gained by exchange with each; below nothing: lost. */
const gainColumn = (header: string): TableColumn<SettlementView> => ({
  id: "gain",
  header,
  align: "end",
  width: "120px",
  cell: (row) => (row.gain ? <Amount of={row.gain} withCurrency /> : null),
});

/** Where it came from, and since when it no longer counts. */
function By({ row }: { row: SettlementView }) {
  const { t } = useTranslation("invoices");
  return (
    <>
      <Source row={row} />
      {row.ended_on && (
        <span className="t3 small">
          {" "}
          {t(row.reversed ? "ended_reversed" : "ended_released")} <Day of={row.ended_on} />
        </span>
      )}
    </>
  );
}

function Source({ row }: { row: SettlementView }) {
  const { t } = useTranslation("invoices");
  if (row.source === "small_difference") return <span>{t("small_difference")}</span>;
  if (row.source === "write_off")
    return <span>{t("written_off_because", { reason: row.label })}</span>;
  return (
    <Link to={placeOf(row.source, row.source_id)}>
      {row.source === "credit_note" && `${t("credit_note")} `}
      {row.label} <span className="num t2">{row.reference}</span>
    </Link>
  );
}
