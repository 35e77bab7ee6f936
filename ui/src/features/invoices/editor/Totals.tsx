import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { opposite } from "~/domain/amounts";
import type { DraftExchange } from "~/ipc/gen/DraftExchange";
import type { DraftPart } from "~/ipc/gen/DraftPart";
import type { TotalsView } from "~/ipc/gen/TotalsView";
import { Worth } from "~/ui/exchange/Worth";
import { Amount } from "~/ui/primitives";
import s from "./Editor.module.css";
import { PartsTable } from "./PartsTable";

interface TotalsProps {
  totals: TotalsView | null;
  /** What it is worth in the books, where it is in another currency. */
  exchange?: DraftExchange | null;
  /** Under the total, at its end. */
  below?: ReactNode;
  parts: readonly DraftPart[];
  isFresh: boolean;
}

/** VAT per code and the total; the old figures are dimmed while new ones are on their way. */
export function Totals({ totals, exchange, below, parts, isFresh }: TotalsProps) {
  const { t } = useTranslation("invoices");
  return (
    <section className={s.totals} data-stale={!isFresh || undefined} aria-label={t("total")}>
      <table className={s.totalsTable}>
        <thead>
          <tr>
            <th scope="col">{t("vat_code")}</th>
            <th scope="col">{t("net")}</th>
            <th scope="col">{t("vat_amount")}</th>
          </tr>
        </thead>
        <tbody>
          {(totals?.by_code ?? []).map((sum) => (
            <tr key={`${sum.code} ${sum.rate}`}>
              <td>{sum.name}</td>
              <td>
                <Amount of={sum.net} />
              </td>
              <td>
                <Amount of={sum.vat} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <PartsTable parts={parts} />
      {totals?.discount && (
        <p className={s.discounted}>
          <span className="t2">{t("discount_all")}</span>
          <Amount of={opposite(totals.discount)} />
        </p>
      )}
      <div>
        <p className={s.total}>
          <span>
            {t("total")} <span className="t2">{t("incl_vat")}</span>
          </span>
          <b className="num">
            <Amount of={totals?.gross} look="strong" withCurrency={Boolean(exchange)} />
          </b>
        </p>
        <p className={s.worth}>
          {exchange?.totals && (
            <Worth of={exchange.totals.gross} rate={exchange.rate} on={exchange.on} />
          )}
          {below}
        </p>
      </div>
    </section>
  );
}
