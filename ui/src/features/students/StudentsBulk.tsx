import { BellRing, ScrollText, Wallet } from "lucide-react";
import { useTranslation } from "react-i18next";
import { goTo } from "~/domain/places";
import { useDesk } from "~/ipc/desk";
import type { ListStudents } from "~/ipc/gen/ListStudents";
import type { GridSelection } from "~/ui/grid";
import { remindPath } from "~/ui/list/remind";
import { SelectionBar } from "~/ui/list/SelectionBar";
import { Button } from "~/ui/primitives";
import { openStatements } from "./statement/api";

interface StudentsBulkProps {
  selection: GridSelection;
  total: number;
  request: ListStudents;
  onSelect: (selection: GridSelection) => void;
}

/** What can be done with all selected students at once. */
export function StudentsBulk({ selection, total, request, onSelect }: StudentsBulkProps) {
  const { t } = useTranslation(["lists", "students"]);
  const { today } = useDesk();
  const ids = selection.mode === "some" ? [...selection.ids] : [];
  const [only] = ids.length === 1 ? ids : [];
  const remind = remindPath(selection.mode === "some" ? ids : undefined);
  return (
    <SelectionBar
      selection={selection}
      total={total}
      onSelect={onSelect}
      rows={{ students: request }}
    >
      <Button
        size="small"
        icon={Wallet}
        disabledReason={only === undefined ? t("one_student_only") : undefined}
        onPress={() => goTo(`/payments/new?student=${only}`)}
      >
        {t("record_payment")}
      </Button>
      <Button
        size="small"
        icon={BellRing}
        disabledReason={remind === undefined ? t("remind_some_only") : undefined}
        onPress={() => remind && goTo(remind)}
      >
        {t("remind")}
      </Button>
      <Button
        size="small"
        icon={ScrollText}
        disabledReason={ids.length === 0 ? t("students:statements_some_only") : undefined}
        onPress={() =>
          void openStatements({
            payer_id: null,
            student_ids: ids,
            department_id: null,
            from: null,
            to: today,
            style: "open",
            format: "pdf",
          })
        }
      >
        {t("students:statements")}
      </Button>
    </SelectionBar>
  );
}
