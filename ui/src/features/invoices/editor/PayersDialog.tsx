import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { DraftStudent } from "~/ipc/gen/DraftStudent";
import type { PayerPart } from "~/ipc/gen/PayerPart";
import { inputsOf, type ShareRow, SharesEditor, studentRow } from "~/ui/payers";
import { FormDialog } from "~/ui/primitives";

interface PayersDialogProps {
  rows: ShareRow[];
  student: DraftStudent;
  currency: string;
  onClose: () => void;
  onChoose: (shares: PayerPart[]) => void;
}

/** Who pays this invoice. Several payers get an invoice each. */
export function PayersDialog({ rows, student, currency, onClose, onChoose }: PayersDialogProps) {
  const { t } = useTranslation("invoices");
  const [typed, setTyped] = useState<ShareRow[]>(() =>
    rows.length > 0 ? rows : [studentRow(student.name, student.number, "rest")],
  );
  return (
    <FormDialog
      title={t("payers_title")}
      verb={t("payers_use")}
      onClose={onClose}
      onSubmit={() => {
        onChoose(inputsOf(typed));
        onClose();
      }}
      isBusy={false}
    >
      <p className="t2">{t("payers_body")}</p>
      <SharesEditor
        rows={typed}
        student={student}
        currency={currency}
        withReference
        onChange={setTyped}
      />
    </FormDialog>
  );
}
