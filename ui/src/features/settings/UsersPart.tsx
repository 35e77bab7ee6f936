import { UserPlus } from "lucide-react";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { UserRow } from "~/ipc/gen/UserRow";
import { DataGrid, useLocalRows } from "~/ui/grid";
import { Button, EmptyState, Select, Toolbar, toast } from "~/ui/primitives";
import { useDeskStatus, useSetIdleLock, useTables, useUsers } from "./api";
import { DepartmentDialog } from "./DepartmentDialog";
import { UserDialog } from "./UserDialog";
import { userColumns } from "./userColumns";

const NONE: readonly UserRow[] = [];

type Opened = UserRow | "new" | "department" | null;

function useUserRows() {
  const { t } = useTranslation("settings");
  const tables = useTables().data;
  const answer = useUsers();
  const all = answer.data?.rows ?? NONE;
  const rows = {
    ...useLocalRows(all),
    isLoading: answer.isPending,
    error: answer.error,
    refetch: () => void answer.refetch(),
  };
  const columns = useMemo(() => {
    const names = new Map((tables?.departments ?? []).map(({ id, name }) => [id, name]));
    return userColumns(t, names);
  }, [t, tables]);
  return { all, rows, columns, isRefused: answer.error?.fault.code === "forbidden" };
}

/** Who signs in, as what, and when a window locks by itself. */
export function UsersPart() {
  const { t } = useTranslation("settings");
  const [opened, setOpened] = useState<Opened>(null);
  const { all, rows, columns, isRefused } = useUserRows();
  if (isRefused)
    return (
      <EmptyState kind="no_permission" title={t("no_users_right")}>
        {t("no_users_right_body")}
      </EmptyState>
    );
  const isFirst = all.length === 0;
  const add = (
    <Button variant="primary" icon={UserPlus} onPress={() => setOpened("new")}>
      {t(isFirst ? "first_user" : "new_user")}
    </Button>
  );
  const close = () => setOpened(null);
  return (
    <>
      <Toolbar
        label={t("tab_users")}
        end={
          <>
            <Button onPress={() => setOpened("department")}>{t("new_department")}</Button>
            {!isFirst && add}
          </>
        }
      >
        {!isFirst && <IdleLock />}
      </Toolbar>
      <DataGrid
        label={t("tab_users")}
        columns={columns}
        rows={rows}
        rowId={(row) => row.id}
        onOpen={setOpened}
        onPeek={setOpened}
        empty={
          <EmptyState kind="first_use" title={t("no_users")} action={add}>
            {t("no_users_body")}
          </EmptyState>
        }
        footLead={<span>{t("user_count", { count: rows.count })}</span>}
      />
      {opened === "department" && <DepartmentDialog onClose={close} />}
      {opened !== null && opened !== "department" && (
        <UserDialog user={opened === "new" ? null : opened} isFirst={isFirst} onClose={close} />
      )}
    </>
  );
}

const CHOICES = [0, 2, 5, 15, 30, 60] as const;

/** After how many minutes without a touch the windows of this desk lock. */
function IdleLock() {
  const { t } = useTranslation("settings");
  const now = useDeskStatus().data?.session?.idle_minutes ?? 0;
  const save = useSetIdleLock();
  const choices = [...new Set([...CHOICES, now])].sort((a, b) => a - b);
  return (
    <span className="row">
      <span className="t2">{t("idle_lock")}</span>
      <Select
        label={t("idle_lock")}
        hideLabel
        value={String(now)}
        options={choices.map((minutes) => ({
          id: String(minutes),
          name: minutes === 0 ? t("idle_0") : t("idle_minutes", { count: minutes }),
        }))}
        onChange={(minutes) =>
          save.mutate(
            { minutes: Number(minutes) },
            { onSuccess: () => toast({ text: t("idle_saved") }) },
          )
        }
      />
    </span>
  );
}
