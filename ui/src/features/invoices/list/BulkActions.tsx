import { BellRing, Printer, Upload, Wallet } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { faultOf, faultText } from "~/ipc/errors";
import type { InvoiceFilter } from "~/ipc/gen/InvoiceFilter";
import type { GridSelection } from "~/ui/grid";
import { remindPath } from "~/ui/list/remind";
import { SelectionBar } from "~/ui/list/SelectionBar";
import { Button, toast } from "~/ui/primitives";
import { startExport, useHeldRows } from "../api";
import { openMergedPaper } from "../paper/files";
import { goTo, paymentPath } from "../paths";

interface BulkActionsProps {
  selection: GridSelection;
  total: number;
  filter: InvoiceFilter;
  canExport: boolean;
  onSelect: (selection: GridSelection) => void;
}

/** The students of a selection, as far as they are known without asking. */
function useStudents(selection: GridSelection, filter: InvoiceFilter): string[] | undefined {
  const held = useHeldRows();
  if (filter.student_id) return [filter.student_id];
  if (selection.mode === "all") return undefined;
  const rows = held();
  return [...new Set([...selection.ids].map((id) => rows.get(id)?.student_id ?? ""))];
}

async function exportNow(said: string) {
  try {
    await startExport();
    toast({ tone: "info", text: said });
  } catch (thrown) {
    toast({ tone: "danger", text: faultText(faultOf(thrown)) });
  }
}

/** What can be done with all selected documents at once. */
export function BulkActions(props: BulkActionsProps) {
  const { selection, total, filter, canExport, onSelect } = props;
  const { t } = useTranslation(["invoices", "lists"]);
  const [isPrinting, setPrinting] = useState(false);
  const students = useStudents(selection, filter);
  const student = students?.length === 1 ? students[0] || undefined : undefined;
  const remind = remindPath(students);
  const only =
    selection.mode === "some" && selection.ids.size === 1 ? [...selection.ids][0] : undefined;

  async function print() {
    setPrinting(true);
    await openMergedPaper(filter, selection);
    setPrinting(false);
  }
  return (
    <SelectionBar
      selection={selection}
      total={total}
      onSelect={onSelect}
      rows={{ invoices: filter }}
    >
      <Button
        size="small"
        icon={Wallet}
        disabledReason={student === undefined ? t("lists:one_student_only") : undefined}
        onPress={() => student && goTo(paymentPath(student, only))}
      >
        {t("record_payment")}
      </Button>
      <Button
        size="small"
        icon={BellRing}
        disabledReason={remind === undefined ? t("lists:remind_some_only") : undefined}
        onPress={() => remind && goTo(remind)}
      >
        {t("lists:remind")}
      </Button>
      <Button size="small" icon={Printer} isBusy={isPrinting} onPress={() => void print()}>
        {t("print_merged")}
      </Button>
      {canExport && (
        <Button size="small" icon={Upload} onPress={() => void exportNow(t("export_started"))}>
          {t("export_now")}
        </Button>
      )}
    </SelectionBar>
  );
}
