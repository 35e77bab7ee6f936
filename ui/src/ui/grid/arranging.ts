/*
 * How a person has arranged the columns of a list. Never loses a column: one that is new since then
 * stands where the list puts it, and one that is gone is passed over.
 */
import type { ColumnChoice } from "~/ipc/gen/ColumnChoice";
import type { GridColumn } from "./columns";

export const NARROWEST_PX = 48;
export const WIDEST_PX = 800;

/** The choices in the order in which the columns stand, one for each column. */
export function choicesOf<R>(
  columns: readonly GridColumn<R>[],
  kept: readonly ColumnChoice[],
): ColumnChoice[] {
  const known = kept.filter((choice) => columns.some((column) => column.id === choice.id));
  const choices = [...known];
  columns.forEach(({ id }, at) => {
    if (known.some((choice) => choice.id === id)) return;
    // After the column it follows in the list itself.
    const before = columns[at - 1]?.id;
    const place = choices.findIndex((choice) => choice.id === before) + 1;
    choices.splice(place, 0, { id, width_px: null, is_hidden: false });
  });
  const isPinned = (id: string) => columns.find((column) => column.id === id)?.isPinned === true;
  return [
    ...choices.filter(({ id }) => isPinned(id)),
    ...choices.filter(({ id }) => !isPinned(id)),
  ];
}

/** The columns as they are shown. */
export function arranged<R>(
  columns: readonly GridColumn<R>[],
  choices: readonly ColumnChoice[],
): GridColumn<R>[] {
  return choices.flatMap((choice) => {
    const column = columns.find(({ id }) => id === choice.id);
    if (column === undefined || (choice.is_hidden && !column.isPinned)) return [];
    if (choice.width_px === null) return [column];
    return [{ ...column, sized_px: choice.width_px, grow: false }];
  });
}

/** Moves a column to the place of another one that is shown; pinned ones stay in front. */
export function moved<R>(
  columns: readonly GridColumn<R>[],
  choices: readonly ColumnChoice[],
  id: string,
  to: string,
): readonly ColumnChoice[] {
  const isPinned = (which: string) => columns.some((c) => c.id === which && c.isPinned);
  const from = choices.findIndex((choice) => choice.id === id);
  const place = choices.findIndex((choice) => choice.id === to);
  if (from < 0 || place < 0 || from === place || isPinned(id) || isPinned(to)) return choices;
  const next = [...choices];
  const [choice] = next.splice(from, 1);
  if (choice) next.splice(place, 0, choice);
  return next;
}

export function sized(
  choices: readonly ColumnChoice[],
  id: string,
  width_px: number | null,
): ColumnChoice[] {
  const bounded =
    width_px === null ? null : Math.round(Math.max(NARROWEST_PX, Math.min(WIDEST_PX, width_px)));
  return choices.map((choice) => (choice.id === id ? { ...choice, width_px: bounded } : choice));
}

/** Shows or hides a column; the last one that is shown stays. */
export function shown<R>(
  columns: readonly GridColumn<R>[],
  choices: readonly ColumnChoice[],
  id: string,
  isShown: boolean,
): readonly ColumnChoice[] {
  const next = choices.map((c) => (c.id === id ? { ...c, is_hidden: !isShown } : c));
  return arranged(columns, next).length === 0 ? choices : next;
}
