import type { TFunction } from "i18next";
import type { UserRow } from "~/ipc/gen/UserRow";
import type { GridColumn } from "~/ui/grid";
import { Pill } from "~/ui/primitives";

/** Columns of the list of users; who no longer signs in is dimmed. */
export function userColumns(
  t: TFunction<"settings">,
  departments: ReadonlyMap<string, string>,
): GridColumn<UserRow>[] {
  const tone = (row: UserRow) => (row.active ? "t2" : "t3");
  return [
    {
      id: "name",
      header: t("user_name"),
      width: 180,
      grow: true,
      isPinned: true,
      cell: (r) => (
        <span className={`clip ${r.active ? "" : "t3"}`} title={r.name}>
          {r.name}
        </span>
      ),
    },
    {
      id: "login",
      header: t("user_login"),
      width: 136,
      cell: (r) => <span className={`clip ${tone(r)}`}>{r.login}</span>,
    },
    {
      id: "role",
      header: t("user_role"),
      width: 136,
      cell: (r) => <span className={`clip ${tone(r)}`}>{t(`role_${r.role as "staff"}`)}</span>,
    },
    {
      id: "departments",
      header: t("user_departments"),
      width: 160,
      givesWay: 1,
      cell: (r) => {
        const names = r.departments.map((id) => departments.get(id) ?? id).join(", ");
        return (
          <span className={`clip ${tone(r)}`} title={names}>
            {names || t("user_all")}
          </span>
        );
      },
    },
    {
      id: "state",
      header: t("user_state"),
      width: 128,
      cell: (r) => <StateOf user={r} t={t} />,
    },
  ];
}

function StateOf({ user, t }: { user: UserRow; t: TFunction<"settings"> }) {
  if (!user.active) return <span className="t3">{t("user_inactive")}</span>;
  if (!user.has_password)
    return (
      <Pill tone="warning" shape="alert" isQuiet>
        {t("user_no_password")}
      </Pill>
    );
  return <span className="t2">{t("user_active")}</span>;
}
