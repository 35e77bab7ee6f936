import { useTranslation } from "react-i18next";
import type { Draft } from "./form";
import s from "./Start.module.css";

/** What the answers mean on paper, in the language of the customers. */
export function PaperPreview({ draft }: { draft: Draft }) {
  const { t } = useTranslation("start");
  const nb = draft.language === "nb";
  return (
    <div>
      <p className={s.previewHead}>
        <b>{t("preview")}</b> <span className="t2">{t("preview_what")}</span>
      </p>
      <div className={s.paper}>
        <div className={s.paperRow}>
          <div>
            <b>{draft.name || t("preview_school")}</b>
            <p className={s.paperSmall}>{draft.legal_name}</p>
          </div>
          <div className={s.paperEnd}>
            <p className={s.paperSmall}>{draft.address.line1}</p>
            <p className={s.paperSmall}>
              {draft.address.postal_code} {draft.address.city}
            </p>
            <p className={s.paperSmall}>{draft.email}</p>
          </div>
        </div>
        <p className={s.paperSmall}>{nb ? "Faktura" : "Invoice"}</p>
        <p className={s.paperNumber}>
          {draft.invoice_prefix}
          {draft.first_invoice_number}
        </p>
        <dl className={s.paperFacts}>
          <dt>{nb ? "Kontonummer" : "Account"}</dt>
          <dd>{draft.bank_account || "–"}</dd>
          <dt>{nb ? "Betalingsfrist" : "Terms"}</dt>
          <dd>
            {draft.terms_days} {nb ? "dager" : "days"}
          </dd>
          <dt>{nb ? "Org.nr." : "Org. no."}</dt>
          <dd>
            {draft.org_number || "–"}
            {draft.vat_registered && draft.country === "NO" && draft.org_number ? " MVA" : ""}
          </dd>
        </dl>
      </div>
    </div>
  );
}
