import type { ExportRow } from "~/ipc/gen/ExportRow";
import type { GridColumn } from "../grid";

/** Which document a record is of: its number, and in grey what it is. */
export const documentColumn = (
  header: string,
  kindWord: (kind: string) => string,
): GridColumn<ExportRow> => ({
  id: "label",
  header,
  width: 184,
  isPinned: true,
  cell: (r) => (
    <span className="clip" title={r.label}>
      <span className="num">{r.label}</span>
      <span className="t3"> · {kindWord(r.kind)}</span>
    </span>
  ),
});
