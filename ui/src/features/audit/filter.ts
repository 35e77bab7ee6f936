import type { AuditFilter } from "~/ipc/gen/AuditFilter";
import type { AuditSubject } from "~/ipc/gen/AuditSubject";
import type { AuditSearch } from "./routes";

/** `invoice/<id>` as the backend names a thing; `school` has no id. */
export function subjectOf(about: string | undefined): AuditSubject | null {
  if (!about) return null;
  const [kind = "", id = ""] = about.split("/");
  return { kind, id };
}

export const filterOf = (search: AuditSearch): AuditFilter => ({
  actor: search.actor ?? null,
  kind: search.kind ?? null,
  about: subjectOf(search.about),
  from: search.from ?? null,
  to: search.to ?? null,
});

export const isNarrowed = ({ actor, kind, from, to, about }: AuditSearch) =>
  [actor, kind, from, to, about].some((value) => value !== undefined);
