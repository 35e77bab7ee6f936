import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useDesk } from "~/ipc/desk";
import { faultOf, faultText } from "~/ipc/errors";
import type { PayerPartView } from "~/ipc/gen/PayerPartView";
import type { StudentView } from "~/ipc/gen/StudentView";
import { inputsOf, rowOf, type ShareRow, SharesEditor, studentRow } from "~/ui/payers";
import { FormDialog, toast } from "~/ui/primitives";
import { usePayersOf, useSavePayers } from "./api";

interface PaidByDialogProps {
  student: StudentView;
  onClose: () => void;
}

/** Sets who pays for the student. Invoices that are issued stay as they are. */
export function PaidByDialog({ student, onClose }: PaidByDialogProps) {
  const shares = usePayersOf(student.id).data?.shares;
  return shares ? <Loaded student={student} shares={shares} onClose={onClose} /> : null;
}

function Loaded({
  student,
  shares,
  onClose,
}: PaidByDialogProps & { shares: readonly PayerPartView[] }) {
  const { t } = useTranslation("students");
  const currency = useDesk().school?.currency ?? "";
  const save = useSavePayers();
  const self = { name: student.person.name, number: student.number };
  const [rows, setRows] = useState<ShareRow[]>(() =>
    shares.length > 0 ? shares.map(rowOf) : [studentRow(self.name, self.number, "rest")],
  );
  function submit() {
    save.mutate(
      { student_id: student.id, shares: inputsOf(rows) },
      {
        onSuccess: () => {
          toast({ text: t("payers_saved") });
          onClose();
        },
      },
    );
  }
  return (
    <FormDialog
      title={t("paid_by_title", { name: self.name })}
      verb={t("save_details")}
      onClose={onClose}
      onSubmit={submit}
      isBusy={save.isPending}
      trouble={save.error ? faultText(faultOf(save.error)) : undefined}
    >
      <p className="t2">{t("paid_by_note")}</p>
      <SharesEditor rows={rows} student={self} currency={currency} onChange={setRows} />
    </FormDialog>
  );
}
