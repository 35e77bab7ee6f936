import { Lightbulb, TriangleAlert } from "lucide-react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { choiceDetail, formName, rowCode, rowDetail, rowLabel } from "~/i18n/mappingWords";
import type { MappingRow } from "~/ipc/gen/MappingRow";
import type { RemoteChoice } from "~/ipc/gen/RemoteChoice";
import { Button, ComboBox, cx, Icon } from "~/ui/primitives";
import {
  because,
  choose,
  codeOf,
  type Draft,
  isInherited,
  isOpen,
  keyOf,
  search,
  shownCode,
} from "./draft";
import s from "./Mapping.module.css";

interface MappingLineProps {
  row: MappingRow;
  /** What of theirs this row may be. */
  choices: readonly RemoteChoice[];
  systemName: string;
  draft: Draft;
  onDraft: (draft: Draft) => void;
}

/** One of ours: what it is, what of theirs it is, and what waits for it. */
export function MappingLine(props: MappingLineProps) {
  const { row, draft } = props;
  return (
    <tr data-changed={draft.has(keyOf(row)) || undefined}>
      <th scope="row" className={s.label} title={rowLabel(row)}>
        {rowLabel(row)}
      </th>
      <td className="num t2 nowrap">{rowCode(row)}</td>
      <td className={cx("t3 small", s.clip, s.detailCell)} title={rowDetail(row)}>
        {rowDetail(row)}
      </td>
      {row.kind === "currency" ? <CurrencyCell {...props} /> : <ChoiceCell {...props} />}
      <td>
        {codeOf(draft, row) === null || isOpen(draft, row) ? <Suggestion {...props} /> : null}
      </td>
      <td className={cx("num", s.waitingCell, row.waiting === 0 && "t3")}>
        {row.waiting === 0 ? "–" : row.waiting}
      </td>
    </tr>
  );
}

/** A currency is the same one there, or not switched on: there is nothing to choose. */
function CurrencyCell({ row, systemName: system }: MappingLineProps) {
  const { t } = useTranslation("mapping");
  const isOff = row.state === "missing";
  const words = { mapped: "currency_on", missing: "currency_off" } as const;
  return (
    <td className={cx(s.cell, isOff && s.missing)}>
      <div className={cx(s.cellIn, s.cellText)}>
        {isOff && <Icon of={TriangleAlert} size={14} className={cx(s.cellSign, "fg-danger")} />}
        <span className={isOff ? "fg-danger" : undefined}>
          {t(words[row.state as keyof typeof words] ?? "currency_unread", { system })}
        </span>
      </div>
    </td>
  );
}

/** What counts where nothing is chosen. */
const NONE = {
  department: "not_told",
  customer: "customer_each",
  custom_field: "field_none",
} as const;

/** Theirs: typed in like a sheet, with what is wrong or changed beside it. */
function ChoiceCell({ row, choices, systemName: system, draft, onDraft }: MappingLineProps) {
  const { t } = useTranslation("mapping");
  const code = codeOf(draft, row);
  const isChanged = draft.has(keyOf(row));
  const isGone = row.state === "gone" && !isChanged;
  const open = isOpen(draft, row);
  const known = choices.find((c) => c.code === code);
  const name = known?.name ?? nameOf(row, code) ?? code ?? "";
  const value = useMemo(() => {
    const shown = code === null ? "" : shownCode(row, code);
    return code === null
      ? null
      : { id: code, name: name === code ? code : `${shown}  ${name}`.trim() };
  }, [row, code, name]);
  const load = async (query: string) =>
    search(choices, query).map((c) => ({
      id: c.code,
      code: shownCode(row, c.code) || undefined,
      name: c.name,
      meta: choiceDetail(c),
    }));
  return (
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
            label={t("cell", { label: rowLabel(row), system })}
            value={value}
            load={load}
            placeholder={t(NONE[row.kind as keyof typeof NONE] ?? "not_mapped")}
            onChange={(option) => onDraft(choose(draft, row, option?.id ?? null))}
          />
        </div>
        {isGone && <span className={cx(s.cellNote, "fg-warning")}>{t("gone", { system })}</span>}
        <CellNote row={row} draft={draft} />
      </div>
    </td>
  );
}

/** The name of a code that is no choice any more, as it was read last. */
function nameOf(row: MappingRow, code: string | null): string | null {
  if (code === null) return null;
  return code === row.remote_code ? row.remote_name : row.school_name;
}

/** A code as it stands in a sentence: how students stand there has words of ours. */
const toldCode = (row: MappingRow, code: string) =>
  row.kind === "customer" ? formName(code) : shownCode(row, code);

/** Whose choice stands in the cell, and what stood there before it was changed. */
function CellNote({ row, draft }: Pick<MappingLineProps, "row" | "draft">) {
  const { t } = useTranslation("mapping");
  const words = () => {
    if (row.rule !== null && !draft.has(keyOf(row))) return t("by_rule", { name: row.rule });
    if (isInherited(draft, row)) return t("inherited");
    if (draft.has(keyOf(row))) {
      const was = row.remote_code && (toldCode(row, row.remote_code) || row.remote_name);
      return was ? t("was", { code: was }) : t("changed");
    }
    return row.school_code ? t("instead_of", { code: toldCode(row, row.school_code) }) : "";
  };
  const text = words();
  return text === "" ? null : <span className={cx(s.cellNote, "t3 num")}>{text}</span>;
}

/** What it probably is, taken with one press. */
function Suggestion({ row, draft, onDraft }: MappingLineProps) {
  const { t } = useTranslation("mapping");
  const { suggestion } = row;
  if (!suggestion) return null;
  return (
    <span className={s.suggestion}>
      <Icon of={Lightbulb} size={14} className="fg-info" />
      <span className="num medium">{shownCode(row, suggestion.remote_code)}</span>
      <span className="clip" title={suggestion.remote_name}>
        {suggestion.remote_name}
      </span>
      <span className={cx("small t3 nowrap", s.why)}>{t(because(suggestion.because))}</span>
      <span className={s.use}>
        <Button
          size="small"
          variant="quiet"
          onPress={() => onDraft(choose(draft, row, suggestion.remote_code, true))}
        >
          {t("use")}
          <span className="sr">
            {t("use_label", { name: suggestion.remote_name, label: rowLabel(row) })}
          </span>
        </Button>
      </span>
    </span>
  );
}
