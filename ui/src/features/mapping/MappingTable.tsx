import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { formName } from "~/i18n/mappingWords";
import type { MappingRow } from "~/ipc/gen/MappingRow";
import type { MappingView } from "~/ipc/gen/MappingView";
import type { RemoteChoice } from "~/ipc/gen/RemoteChoice";
import { Skeleton } from "~/ui/primitives";
import { type Draft, fitting, isOpen, keyOf } from "./draft";
import s from "./Mapping.module.css";
import { MappingLine } from "./MappingLine";
import { KINDS, type Kind } from "./routes";

export interface MappingTableProps {
  view: MappingView;
  /** Which rows are shown, in their order. */
  rows: readonly MappingRow[];
  systemName: string;
  draft: Draft;
  onDraft: (draft: Draft) => void;
}

const HEADS = ["ours", "code", "detail", "theirs", "hint", "waiting"] as const;

/** Ours at the left, theirs in a cell that is typed in like a sheet. */
export function MappingTable(props: MappingTableProps) {
  const { t } = useTranslation("mapping");
  const { rows, systemName: system } = props;
  return (
    <table className={s.table} aria-label={t("title")}>
      <thead>
        <tr>
          {HEADS.map((head) => (
            <th key={head} scope="col" className={s[head]}>
              {t(`col_${head}`, { system })}
            </th>
          ))}
        </tr>
      </thead>
      {KINDS.map((kind) => (
        <Group key={kind} {...props} kind={kind} rows={rows.filter((r) => r.kind === kind)} />
      ))}
    </table>
  );
}

function Group(props: MappingTableProps & { kind: Kind }) {
  const { kind, rows, view, draft } = props;
  const { t } = useTranslation("mapping");
  const choices = useMemo(() => fitting(kind, view).map(named), [kind, view]);
  if (rows.length === 0) return null;
  const open = rows.filter((row) => isOpen(draft, row)).length;
  return (
    <tbody>
      <tr className={s.group}>
        <th scope="colgroup" colSpan={HEADS.length}>
          <span className="row">
            {t(`group_${kind}`)}
            <span className="t3 num">
              {rows.length}
              {open > 0 && <span className="fg-danger"> · {t("missing", { count: open })}</span>}
            </span>
          </span>
        </th>
      </tr>
      {rows.map((row) => (
        <MappingLine
          key={keyOf(row)}
          row={row}
          choices={choices}
          systemName={props.systemName}
          draft={draft}
          onDraft={props.onDraft}
        />
      ))}
    </tbody>
  );
}

/** How students stand there is a choice of ours, and has words of ours. */
const named = (choice: RemoteChoice): RemoteChoice =>
  choice.fits.includes("customer") ? { ...choice, name: formName(choice.code) } : choice;

/** The table in its final widths while it is on its way. */
export function MappingSkeleton() {
  return (
    <div className={s.skeleton}>
      {Array.from({ length: 12 }, (_, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines are all alike and never move
        <div key={at} className={s.skeletonRow}>
          <Skeleton width={180} />
          <Skeleton width={48} />
          <Skeleton width={240} />
        </div>
      ))}
    </div>
  );
}
