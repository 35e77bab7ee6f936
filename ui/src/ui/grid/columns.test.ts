import { expect, it } from "vitest";
import { fitting, type GridColumn } from "./columns";

const column = (id: string, givesWay?: number): GridColumn<string> => ({
  id,
  header: id,
  width: 100,
  givesWay,
  cell: () => null,
});

it("columns give way in their order, and never what a list is for", () => {
  const all = [column("who"), column("issued", 1), column("due", 3), column("total", 2)];
  const kept = (room_px: number) => fitting(all, false, room_px).map(({ id }) => id);
  expect(kept(Number.POSITIVE_INFINITY)).toHaveLength(4);
  expect(kept(399)).toEqual(["who", "due", "total"]);
  expect(kept(299)).toEqual(["who", "due"]);
  expect(kept(0)).toEqual(["who"]);
});
