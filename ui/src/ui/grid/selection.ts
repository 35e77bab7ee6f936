/*
 * What is selected in a list that is never loaded in full: either these rows, or all that match
 * except these. The backend understands both, so "select all" sends no list of ids.
 */

export type GridSelection =
  | { mode: "some"; ids: ReadonlySet<string> }
  | { mode: "all"; except: ReadonlySet<string> };

export const NOTHING_SELECTED: GridSelection = { mode: "some", ids: new Set() };
export const ALL_SELECTED: GridSelection = { mode: "all", except: new Set() };

export function isSelected(selection: GridSelection, id: string): boolean {
  return selection.mode === "all" ? !selection.except.has(id) : selection.ids.has(id);
}

function withId(set: ReadonlySet<string>, id: string, isIn: boolean): ReadonlySet<string> {
  const next = new Set(set);
  if (isIn) next.add(id);
  else next.delete(id);
  return next;
}

export function select(selection: GridSelection, id: string, isOn: boolean): GridSelection {
  return selection.mode === "all"
    ? { mode: "all", except: withId(selection.except, id, !isOn) }
    : { mode: "some", ids: withId(selection.ids, id, isOn) };
}

export function toggle(selection: GridSelection, id: string): GridSelection {
  return select(selection, id, !isSelected(selection, id));
}

export function selectedCount(selection: GridSelection, total: number): number {
  return selection.mode === "all" ? Math.max(0, total - selection.except.size) : selection.ids.size;
}
