import { BellRing, Wallet } from "lucide-react";
import { useTranslation } from "react-i18next";
import { goTo } from "~/domain/places";
import type { ListStudents } from "~/ipc/gen/ListStudents";
import type { GridSelection } from "~/ui/grid";
import { remindPath } from "~/ui/list/remind";
import { SelectionBar } from "~/ui/list/SelectionBar";
import { Button } from "~/ui/primitives";

interface StudentsBulkProps {
  selection: GridSelection;
  total: number;
  request: ListStudents;
  onSelect: (selection: GridSelection) => void;
}

/** What can be done with all selected students at once. */
export function StudentsBulk({ selection, total, request, onSelect }: StudentsBulkProps) {
  const { t } = useTranslation("lists");
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
    </SelectionBar>
  );
}
