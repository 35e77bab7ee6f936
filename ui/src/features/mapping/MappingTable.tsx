import { Lightbulb, TriangleAlert } from "lucide-react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { choiceDetail, rowDetail } from "~/i18n/mappingWords";
import type { MappingRow } from "~/ipc/gen/MappingRow";
import type { MappingView } from "~/ipc/gen/MappingView";
import type { RemoteChoice } from "~/ipc/gen/RemoteChoice";
import { Button, ComboBox, cx, Icon, Skeleton } from "~/ui/primitives";
import { choose, codeOf, type Draft, fitting, isOpen, keyOf, search } from "./draft";
import s from "./Mapping.module.css";
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
  const choices = useMemo(() => fitting(kind, view), [kind, view]);
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
        <Row key={keyOf(row)} {...props} row={row} choices={choices} />
      ))}
    </tbody>
  );
}

interface RowProps extends MappingTableProps {
  row: MappingRow;
  choices: readonly RemoteChoice[];
}

function Row({ row, choices, systemName: system, draft, onDraft }: RowProps) {
  const { t } = useTranslation("mapping");
  const code = codeOf(draft, row);
  const isChanged = draft.has(keyOf(row));
  const isGone = row.state === "gone" && !isChanged;
  const open = isOpen(draft, row);
  const known = choices.find((c) => c.code === code);
  const name = known?.name ?? (code === row.remote_code ? row.remote_name : null) ?? code ?? "";
  const value = useMemo(
    () => (code === null ? null : { id: code, name: name === code ? code : `${code}  ${name}` }),
    [code, name],
  );
  const load = async (query: string) =>
    search(choices, query).map((c) => ({
      id: c.code,
      code: c.code,
      name: c.name,
      meta: choiceDetail(c),
    }));
  return (
    <tr data-changed={isChanged || undefined}>
      <th scope="row" className={s.label} title={row.label}>
        {row.label}
      </th>
      <td className="num t2 nowrap">{row.code}</td>
      <td className={cx("t3 small", s.clip)} title={rowDetail(row)}>
        {rowDetail(row)}
      </td>
      <td className={cx(s.cell, open && (isGone ? s.gone : s.missing))}>
        <div className={s.cellIn}>
          {open && (
            <Icon
              of={TriangleAlert}
              size={14}
              className={cx(s.cellSign, isGone ? "fg-warning" : "fg-danger")}
            />
          )}
          <div className={s.cellBox}>
            <ComboBox
              look="cell"
              hideLabel
              label={t("cell", { label: row.label, system })}
              value={value}
              load={load}
              placeholder={t("not_mapped")}
              onChange={(option) => onDraft(choose(draft, row, option?.id ?? null))}
            />
          </div>
          {isGone && <span className={cx(s.cellNote, "fg-warning")}>{t("gone", { system })}</span>}
          {isChanged && (
            <span className={cx(s.cellNote, "t3 num")}>
              {row.remote_code ? t("was", { code: row.remote_code }) : t("changed")}
            </span>
          )}
        </div>
      </td>
      <td>
        {row.suggestion && open && (
          <span className={s.suggestion}>
            <Icon of={Lightbulb} size={14} className="fg-info" />
            <span className="num medium">{row.suggestion.remote_code}</span>
            <span className="clip" title={row.suggestion.remote_name}>
              {row.suggestion.remote_name}
            </span>
            <span className="small t3 nowrap">{t(because(row.suggestion.because))}</span>
            <span className={s.use}>
              <Button
                size="small"
                variant="quiet"
                onPress={() =>
                  onDraft(choose(draft, row, row.suggestion?.remote_code ?? null, true))
                }
              >
                {t("use")}
                <span className="sr">
                  {t("use_label", { name: row.suggestion.remote_name, label: row.label })}
                </span>
              </Button>
            </span>
          </span>
        )}
      </td>
      <td className={cx("num", s.waitingCell, row.waiting === 0 && "t3")}>
        {row.waiting === 0 ? "–" : row.waiting}
      </td>
    </tr>
  );
}

/** The words for why something is suggested. */
export const because = (reason: string) => `because_${reason}` as "because_same_name";

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
