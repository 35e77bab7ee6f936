import { ArrowRight } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { rowLabel } from "~/i18n/mappingWords";
import type { MappingRow } from "~/ipc/gen/MappingRow";
import { Button, Checkbox, Dialog, Icon, Table } from "~/ui/primitives";
import { because, keyOf, shownCode } from "./draft";
import s from "./Mapping.module.css";

export interface SuggestionsDialogProps {
  rows: readonly MappingRow[];
  systemName: string;
  onUse: (rows: readonly MappingRow[]) => void;
  onClose: () => void;
}

/** Before and after of every suggestion; those that are wrong are left out. */
export function SuggestionsDialog({ rows, systemName, onUse, onClose }: SuggestionsDialogProps) {
  const { t } = useTranslation("mapping");
  // What is only likely is taken by a person, one by one.
  const [left, setLeft] = useState<ReadonlySet<string>>(
    () => new Set(rows.filter((row) => !row.suggestion?.is_sure).map(keyOf)),
  );
  const used = rows.filter((row) => !left.has(keyOf(row)));
  function toggle(row: MappingRow, isOn: boolean) {
    const next = new Set(left);
    if (isOn) next.delete(keyOf(row));
    else next.add(keyOf(row));
    setLeft(next);
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      width="wide"
      title={t("all_title", { count: rows.length })}
      actions={
        <>
          <Button size="form" onPress={onClose}>
            {t("all_keep")}
          </Button>
          <Button
            size="form"
            variant="primary"
            autoFocus
            isDisabled={used.length === 0}
            onPress={() => onUse(used)}
          >
            {t("all_verb", { count: used.length })}
          </Button>
        </>
      }
    >
      <p className={s.lead}>{t("all_body", { system: systemName })}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls takes the keys */}
      <section className={s.diff} tabIndex={0} aria-label={t("all_then")}>
        <Differences rows={rows} left={left} onToggle={toggle} />
      </section>
    </Dialog>
  );
}

interface DifferencesProps {
  rows: readonly MappingRow[];
  /** Keys of the rows that are left out. */
  left: ReadonlySet<string>;
  onToggle: (row: MappingRow, isOn: boolean) => void;
}

function Differences({ rows, left, onToggle }: DifferencesProps) {
  const { t } = useTranslation("mapping");
  return (
    <Table
      label={t("all_title", { count: rows.length })}
      rows={rows}
      rowId={keyOf}
      columns={[
        {
          id: "ours",
          header: t("col_ours"),
          cell: (row) => (
            <Checkbox isSelected={!left.has(keyOf(row))} onChange={(isOn) => onToggle(row, isOn)}>
              {rowLabel(row)}
            </Checkbox>
          ),
        },
        {
          id: "now",
          header: t("all_now"),
          width: "96px",
          cell: (row) => (
            <span className={row.remote_code || row.state === "open" ? "num t3" : "fg-danger"}>
              {row.remote_code
                ? shownCode(row, row.remote_code) || row.remote_name
                : t(row.state === "open" ? "not_told" : "not_mapped")}
            </span>
          ),
        },
        {
          id: "then",
          header: t("all_then"),
          cell: (row) => (
            <span className="row">
              <Icon of={ArrowRight} size={14} />
              <span className="num medium">
                {row.suggestion && shownCode(row, row.suggestion.remote_code)}
              </span>
              <span className="clip">{row.suggestion?.remote_name}</span>
            </span>
          ),
        },
        {
          id: "why",
          header: t("all_why"),
          width: "112px",
          cell: (row) => (
            <span className="t3">{row.suggestion && t(because(row.suggestion.because))}</span>
          ),
        },
      ]}
    />
  );
}
