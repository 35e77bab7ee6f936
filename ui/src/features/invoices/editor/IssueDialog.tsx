import { useTranslation } from "react-i18next";
import { faultOf, faultText } from "~/ipc/errors";
import type { DraftView } from "~/ipc/gen/DraftView";
import { Worth } from "~/ui/exchange/Worth";
import { useAmountText } from "~/ui/exchange/words";
import { Amount, Button, Day, Dialog, Facts, Note } from "~/ui/primitives";
import { PartsTable } from "./PartsTable";
import type { Editing } from "./useEditing";

/** The last look before an invoice can no longer change. */
export function IssueDialog({
  editing,
  view,
  onClose,
}: {
  editing: Editing;
  view: DraftView;
  onClose: () => void;
}) {
  const { t } = useTranslation("invoices");
  const amountText = useAmountText();
  const gross = view.totals?.gross;
  const { exchange } = view;
  return (
    <Dialog
      isOpen
      onClose={onClose}
      role="alertdialog"
      isBusy={editing.isIssuing}
      title={t("issue_title", { number: view.next_number })}
      actions={
        <>
          <Button size="form" autoFocus onPress={onClose}>
            {t("go_on_editing")}
          </Button>
          <Button size="form" variant="primary" isBusy={editing.isIssuing} onPress={editing.issue}>
            {t("issue_amount", { amount: gross ? amountText(gross) : "" })}
          </Button>
        </>
      }
    >
      <Facts
        facts={[
          { label: t("student"), value: view.student?.name ?? "–" },
          ...(view.payers.length > 0
            ? [{ label: t("paid_by"), value: view.payers.map((payer) => payer.name).join(", ") }]
            : []),
          { label: t("issue_date"), value: <Day of={view.draft.issue_date} look="long" /> },
          { label: t("due_date"), value: <Day of={view.due_date} look="long" /> },
          { label: t("vat_amount"), value: <Amount of={view.totals?.vat} /> },
          { label: t("total"), value: <Amount of={gross} look="strong" withCurrency /> },
          ...(exchange?.totals
            ? [
                {
                  label: t("in_books"),
                  value: <Worth of={exchange.totals.gross} rate={exchange.rate} on={exchange.on} />,
                },
              ]
            : []),
        ]}
      />
      <PartsTable parts={view.parts} />
      {view.parts.length > 0 && (
        <p className="t2">{t("issue_split", { count: view.parts.length })}</p>
      )}
      <p className="t2">{t("issue_final")}</p>
      {editing.fault && <Note tone="danger">{faultText(faultOf(editing.fault))}</Note>}
    </Dialog>
  );
}
