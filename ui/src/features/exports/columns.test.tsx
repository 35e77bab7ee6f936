import { screen, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { i18n } from "~/i18n";
import type { ExportRow } from "~/ipc/gen/ExportRow";
import { render } from "~/test/render";
import { DataGrid, type SortBy, useLocalRows } from "~/ui/grid";
import { fitting, leastWidth } from "~/ui/grid/columns";
import { exportColumns } from "./columns";

const ROW: ExportRow = {
  id: "1",
  connection_id: "c",
  system: "xero",
  kind: "invoice",
  document_id: "d1",
  label: "A-1042",
  page: null,
  student: "Ann Learner",
  amount: { amount: "790.00", currency: "NOK" },
  date: "2020-02-03",
  state: "sent",
  attempts: 1,
  next_attempt_at: null,
  external_number: "INV-7",
  url: null,
  changed_at: "2020-02-05T12:34:56",
  cause: null,
};

const columns = (language: string, hasSeveral: boolean) =>
  exportColumns(i18n.getFixedT(language, "exports"), (key) => key, hasSeveral);

it("a record says when it was last tried or sent, and the list is ordered by it", async () => {
  const asked: SortBy[] = [];
  const one = columns("en", false);
  function List() {
    return (
      <DataGrid
        label="Exports"
        columns={one}
        rows={useLocalRows([ROW])}
        rowId={(row) => row.id}
        sort={{ column: "changed_at", direction: "descending" }}
        onSort={(sort) => asked.push(sort)}
      />
    );
  }
  const { user } = render(<List />);
  const head = screen.getByRole("columnheader", { name: /Last change/ });
  expect(head.getAttribute("aria-sort")).toBe("descending");
  const row = screen.getAllByRole("row").at(-1) as HTMLElement;
  expect(within(row).getByText(/^5\s?Feb\s2020 12:34$/)).toBeDefined();
  await user.click(within(head).getByText("Last change"));
  expect(asked).toEqual([{ column: "changed_at", direction: "ascending" }]);
});

/** The navigation beside the work, and the button at the end of a row that arranges the columns. */
const BESIDE_PX = 192 + 12;

it("at the widths of common windows the list fits, and keeps what it is for", () => {
  for (const language of ["en", "nb"])
    for (const hasSeveral of [false, true]) {
      const at = (window_px: number) => {
        const room_px = window_px - BESIDE_PX;
        const kept = fitting(columns(language, hasSeveral), false, room_px);
        expect(leastWidth(kept, false), `${language} ${window_px}`).toBeLessThanOrEqual(room_px);
        return kept.map(({ id }) => id);
      };
      const ids = columns(language, hasSeveral).map(({ id }) => id);
      expect(at(1440)).toEqual(ids);
      expect(at(1280)).toContain("changed_at");
      for (const id of ["label", "student", "state", "amount", "next"])
        expect(at(1024), language).toContain(id);
    }
});
