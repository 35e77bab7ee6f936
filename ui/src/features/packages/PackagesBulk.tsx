import { CalendarPlus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ListPackages } from "~/ipc/gen/ListPackages";
import { useMay } from "~/ipc/session";
import { type GridSelection, NOTHING_SELECTED } from "~/ui/grid";
import { SelectionBar } from "~/ui/list/SelectionBar";
import { Button } from "~/ui/primitives";
import { ExtendMany } from "./ExtendMany";

/** The most that are extended at once. */
const MOST = 1000;

interface PackagesBulkProps {
  selection: GridSelection;
  total: number;
  request: ListPackages;
  onSelect: (selection: GridSelection) => void;
}

/** What can be done with all selected packages at once. */
export function PackagesBulk({ selection, total, request, onSelect }: PackagesBulkProps) {
  const { t } = useTranslation("packages");
  const canExtend = useMay("give_up");
  const [isOpen, setOpen] = useState(false);
  const ids = selection.mode === "some" ? [...selection.ids] : [];
  const canAll = ids.length > 0 && ids.length <= MOST;
  return (
    <SelectionBar
      selection={selection}
      total={total}
      onSelect={onSelect}
      rows={{ packages: request }}
    >
      {canExtend && (
        <Button
          size="small"
          icon={CalendarPlus}
          disabledReason={canAll ? undefined : t("extend_some_only")}
          onPress={() => setOpen(true)}
        >
          {t("extend")}
        </Button>
      )}
      {isOpen && (
        <ExtendMany
          ids={ids}
          onClose={() => setOpen(false)}
          onDone={() => onSelect(NOTHING_SELECTED)}
        />
      )}
    </SelectionBar>
  );
}
