import { FileSpreadsheet, X } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ListedRows } from "~/ipc/gen/ListedRows";
import { useMay } from "~/ipc/session";
import { ALL_SELECTED, type GridSelection, NOTHING_SELECTED, selectedCount } from "../grid";
import { BulkBar, Button, IconButton } from "../primitives";
import { saveCsv } from "./csv";

const counts = new Intl.NumberFormat("nb-NO");

interface SelectionBarProps {
  selection: GridSelection;
  total: number;
  onSelect: (selection: GridSelection) => void;
  /** The rows of the list, to be read out as a file. */
  rows: ListedRows;
  /** What else can be done with them. */
  children?: ReactNode;
}

/** How many rows are selected, and what can be done with all of them at once. */
export function SelectionBar(props: SelectionBarProps) {
  const { selection, total, onSelect, rows, children } = props;
  const { t } = useTranslation("lists");
  const [isSaving, setSaving] = useState(false);
  const mayRead = useMay("export");
  const picked = selectedCount(selection, total);
  async function save() {
    setSaving(true);
    await saveCsv(rows, selection);
    setSaving(false);
  }
  return (
    <BulkBar
      label={t("selected_bar")}
      end={
        <>
          {children}
          {mayRead && (
            <Button
              size="small"
              icon={FileSpreadsheet}
              isBusy={isSaving}
              onPress={() => void save()}
            >
              {t("csv")}
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
