import { useTranslation } from "react-i18next";
import type { DocumentExchange } from "~/ipc/gen/DocumentExchange";
import { Worth } from "~/ui/exchange/Worth";
import s from "./Document.module.css";
import { VatTable } from "./VatTable";

/** What a document in another currency is worth in the books, and the rate it was issued by. */
export function InBooks({ of: { rate, on, totals } }: { of: DocumentExchange }) {
  const { t } = useTranslation("invoices");
  return (
    <section className={s.part}>
      <h2 className={s.partName}>{t("total_in", { currency: totals.gross.currency })}</h2>
      <VatTable totals={totals} label={t("total_in", { currency: totals.gross.currency })} />
      <p className={s.rate}>
        <Worth of={totals.gross} rate={rate} on={on} />
      </p>
    </section>
  );
}
