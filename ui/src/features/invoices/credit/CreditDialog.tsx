import { useTranslation } from "react-i18next";
import { faultOf, faultText } from "~/ipc/errors";
import type { InvoiceView } from "~/ipc/gen/InvoiceView";
import { useAmountText } from "~/ui/exchange/words";
import { Button, Checkbox, DateField, Dialog, Note, RadioGroup, TextField } from "~/ui/primitives";
import s from "./Credit.module.css";
import { LinesToCredit } from "./LinesToCredit";
import { NowAfter } from "./NowAfter";
import { type Part, useCrediting } from "./useCrediting";

/** Takes an invoice back, whole or by line, after showing what that does. */
export function CreditDialog({ invoice, onClose }: { invoice: InvoiceView; onClose: () => void }) {
  const { t } = useTranslation("invoices");
  const crediting = useCrediting(invoice, onClose);
  const amountText = useAmountText();
  const gross = crediting.preview?.totals.gross;
  const verb = crediting.opensDraft ? "credit_and_open" : "credit_amount";
  return (
    <Dialog
      isOpen
      onClose={onClose}
      role="alertdialog"
      width="wide"
      isBusy={crediting.isBusy}
      title={t("credit_title", { number: invoice.number })}
      actions={
        <>
          <Button size="form" autoFocus onPress={onClose}>
            {t("keep_invoice", { number: invoice.number })}
          </Button>
          <Button
            size="form"
            variant="danger-fill"
            isBusy={crediting.isBusy}
            disabledReason={crediting.blockedReason}
            onPress={crediting.record}
          >
            {gross
              ? t(verb, { amount: amountText(gross), number: invoice.number })
              : t("credit_verb")}
          </Button>
        </>
      }
    >
      <CreditForm invoice={invoice} crediting={crediting} />
    </Dialog>
  );
}

interface CreditFormProps {
  invoice: InvoiceView;
  crediting: ReturnType<typeof useCrediting>;
}

function CreditForm({ invoice, crediting }: CreditFormProps) {
  const { t } = useTranslation("invoices");
  const { wish, change, today, fault, preview } = crediting;
  return (
    <div className={s.form}>
      <RadioGroup<Part>
        label={t("how_much")}
        hideLabel
        look="cards"
        value={wish.part}
        onChange={(part) => change({ part })}
        options={[
          { id: "whole", name: t("credit_whole"), detail: t("credit_whole_what") },
          { id: "lines", name: t("credit_lines"), detail: t("credit_lines_what") },
        ]}
      />
      {wish.part === "lines" && (
        <LinesToCredit
          invoice={invoice}
          amounts={wish.amounts}
          onChange={(line, gross) => change({ amounts: { ...wish.amounts, [line]: gross } })}
        />
      )}
      <div className={s.pair}>
        <DateField
          label={t("credit_date")}
          value={wish.date}
          onChange={(date) => change({ date })}
          min={invoice.issue_date}
          today={today}
        />
        <TextField
          label={t("reason")}
          isRequired
          value={wish.reason}
          onChange={(reason) => change({ reason })}
          maxLength={200}
          hint={t("reason_hint")}
        />
      </div>
      {wish.part === "whole" && (
        <div className={s.again} data-on={wish.opensDraft || undefined}>
          <Checkbox isSelected={wish.opensDraft} onChange={(opensDraft) => change({ opensDraft })}>
            <span>
              <span className="medium">{t("open_draft_again")}</span>
              <span className={s.detail}>{t("open_draft_again_what")}</span>
            </span>
          </Checkbox>
        </div>
      )}
      {fault && <Note tone="danger">{faultText(faultOf(fault))}</Note>}
      {preview && <NowAfter preview={preview} />}
    </div>
  );
}
