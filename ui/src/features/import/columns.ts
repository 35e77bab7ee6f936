import type { FieldChoice } from "~/ipc/gen/FieldChoice";
import type { FileLook } from "~/ipc/gen/FileLook";

export type Mapping = (string | null)[];

export const mappingOf = (look: FileLook): Mapping => look.columns.map((column) => column.field);

/** A meaning belongs to one column: given to another, the first one loses it. */
export function given(mapping: Mapping, place: number, field: string | null): Mapping {
  return mapping.map((own, at) => {
    if (at === place) return field;
    return field !== null && own === field ? null : own;
  });
}

/** Fields of which at least one must be there and none is; each group once. */
export function lacking(choices: readonly FieldChoice[], mapping: Mapping): FieldChoice[][] {
  const groups = new Map<string, FieldChoice[]>();
  for (const choice of choices) {
    if (choice.group === "") continue;
    groups.set(choice.group, [...(groups.get(choice.group) ?? []), choice]);
  }
  return [...groups.values()].filter(
    (group) => !group.some((choice) => mapping.includes(choice.field)),
  );
}
