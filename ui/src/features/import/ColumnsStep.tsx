import { useTranslation } from "react-i18next";
import type { ColumnLook } from "~/ipc/gen/ColumnLook";
import type { FileLook } from "~/ipc/gen/FileLook";
import { Note, Scroll, Select, Table } from "~/ui/primitives";
import { given, lacking, type Mapping } from "./columns";
import s from "./Import.module.css";
import { ReadingPart } from "./ReadingPart";
import type { ImportKind } from "./routes";
import type { Said } from "./said";
import { columnWord } from "./why";

interface ColumnsStepProps {
  look: FileLook;
  kind: ImportKind | null;
  said: Said;
  onSay: (next: Partial<Said>) => void;
  onKind: (kind: ImportKind) => void;
}

const NOTHING = "-";

/** What a file is, how it is read and what its columns hold: found out, and to be corrected. */
export function ColumnsStep({ look, kind, said, onSay, onKind }: ColumnsStepProps) {
  const { t } = useTranslation("import");
  const missing = lacking(look.choices, said.mapping);
  return (
    <Scroll>
      <div className={s.columnsStep}>
        <div>
          {look.source !== "" && (
            <Note tone="info" title={t(`source_${look.source as "frappe_books"}`)}>
              {t("source_body")}
            </Note>
          )}
          {look.recalled !== "" && (
            <Note tone="info" title={t("recalled", { name: look.recalled })} />
          )}
          {kind === null && <Note tone="warning" title={t("kind_unknown")} />}
          {missing.length > 0 && (
            <Note tone="warning" title={t("lacks")}>
              {missing
                .map((group) => group.map((c) => columnWord(c.field, kind ?? "")).join(t("or")))
                .join(" · ")}
            </Note>
          )}
          <Table
            label={t("columns_of_file")}
            rows={look.columns.map((column, place) => ({ ...column, place }))}
            rowId={(row) => String(row.place)}
            columns={[
              {
                id: "heading",
                header: t("heading"),
                width: "26%",
                cell: (row) => <span className="medium clip">{row.heading || t("empty")}</span>,
              },
              { id: "samples", header: t("samples"), cell: (row) => <Samples column={row} /> },
              {
                id: "field",
                header: t("holds"),
                width: "34%",
                cell: (row) => (
                  <Select
                    label={t("holds_of", { heading: row.heading })}
                    hideLabel
                    isDisabled={kind === null}
                    value={said.mapping[row.place] ?? NOTHING}
                    options={options(look, kind, t("not_read"))}
                    onChange={(field) =>
                      onSay({
                        mapping: given(said.mapping, row.place, field === NOTHING ? null : field),
                      })
                    }
                  />
                ),
              },
            ]}
          />
        </div>
        <ReadingPart kind={kind} said={said} onSay={onSay} onKind={onKind} />
      </div>
    </Scroll>
  );
}

function options(look: FileLook, kind: ImportKind | null, nothing: string) {
  const fields = look.choices.map(({ field }) => ({
    id: field,
    name: columnWord(field, kind ?? ""),
  }));
  return [{ id: NOTHING, name: nothing }, ...fields];
}

function Samples({ column }: { column: ColumnLook }) {
  return (
    <span className={`t2 num ${s.samples}`}>
      {column.samples.map((sample, at) => (
        // Cells of a file may be alike.
        // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes its order
        <span key={at} className="clip">
          {sample}
        </span>
      ))}
    </span>
  );
}

export const isReady = (look: FileLook, kind: ImportKind | null, mapping: Mapping) =>
  kind !== null && lacking(look.choices, mapping).length === 0;
