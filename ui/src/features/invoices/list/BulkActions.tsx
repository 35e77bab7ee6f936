import { Printer, Upload, Wallet, X } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { faultOf, faultText } from "~/ipc/errors";
import type { InvoiceFilter } from "~/ipc/gen/InvoiceFilter";
import { ALL_SELECTED, type GridSelection, NOTHING_SELECTED, selectedCount } from "~/ui/grid";
import { BulkBar, Button, IconButton, toast } from "~/ui/primitives";
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

const counts = new Intl.NumberFormat("nb-NO");

/** The student of a selection, when it is of one student alone. */
function useOnlyStudent(selection: GridSelection, filter: InvoiceFilter): string | undefined {
  const held = useHeldRows();
  if (filter.student_id) return filter.student_id;
  if (selection.mode === "all") return undefined;
  const rows = held();
  const students = new Set([...selection.ids].map((id) => rows.get(id)?.student_id ?? ""));
  const [only] = students;
  return students.size === 1 && only !== "" ? only : undefined;
}

/** What can be done with all selected rows at once. */
export function BulkActions(props: BulkActionsProps) {
  const { selection, total, filter, canExport, onSelect } = props;
  const { t } = useTranslation("invoices");
  const [isPrinting, setPrinting] = useState(false);
  const picked = selectedCount(selection, total);
  const student = useOnlyStudent(selection, filter);
  const only =
    selection.mode === "some" && selection.ids.size === 1 ? [...selection.ids][0] : undefined;

  async function print() {
    setPrinting(true);
    await openMergedPaper(filter, selection);
    setPrinting(false);
  }
  async function exportNow() {
    try {
      await startExport();
      toast({ tone: "info", text: t("export_started") });
    } catch (thrown) {
      toast({ tone: "danger", text: faultText(faultOf(thrown)) });
    }
  }
  return (
    <BulkBar
      label={t("selected_bar")}
      end={
        <>
          <Button
            size="small"
            icon={Wallet}
            disabledReason={student === undefined ? t("one_student_only") : undefined}
            onPress={() => student && goTo(paymentPath(student, only))}
          >
            {t("record_payment")}
          </Button>
          <Button size="small" icon={Printer} isBusy={isPrinting} onPress={() => void print()}>
            {t("print_merged")}
          </Button>
          {canExport && (
            <Button size="small" icon={Upload} onPress={() => void exportNow()}>
              {t("export_now")}
            </Button>
          )}
          <IconButton icon={X} label={t("unselect")} onPress={() => onSelect(NOTHING_SELECTED)} />
        </>
      }
    >
      <b className="num nowrap">{t("selected", { count: picked, shown: counts.format(picked) })}</b>
      {picked < total && (
        <Button size="small" variant="quiet" onPress={() => onSelect(ALL_SELECTED)}>
          {t("select_all", { all: counts.format(total) })}
        </Button>
      )}
    </BulkBar>
  );
}
