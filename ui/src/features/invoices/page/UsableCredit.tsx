import { useTranslation } from "react-i18next";
import { isZero } from "~/domain/money";
import { useDesk } from "~/ipc/desk";
import type { InvoiceView } from "~/ipc/gen/InvoiceView";
import { useRpc } from "~/ipc/hooks";
import { useAmountText } from "~/ui/exchange/words";
import { Button, Note } from "~/ui/primitives";
import { goTo, paymentPath } from "../paths";

/** Credit the student has, while something is open here: it is offered and never taken by itself. */
export function UsableCredit({ invoice }: { invoice: InvoiceView }) {
  const { t } = useTranslation("invoices");
  const { today } = useDesk();
  const amountText = useAmountText();
  const currency = invoice.exchange ? invoice.open.currency : null;
  const isOpen = !isZero(invoice.open);
  const { data } = useRpc(
    "refund_form",
    { student_id: invoice.student_id, amount: null, on: today, sources: [], currency },
    { enabled: isOpen },
  );
  if (!isOpen || !data || isZero(data.unused)) return null;
  return (
    <Note
      tone="credit"
      title={t("has_credit", { name: data.student, amount: amountText(data.unused) })}
      actions={
        <Button size="small" onPress={() => goTo(paymentPath(invoice.student_id, invoice.id))}>
          {t("use_credit")}
        </Button>
      }
    />
  );
}
