import { Link, useNavigate } from "@tanstack/react-router";
import { FileUp, UserPlus } from "lucide-react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useSearchKey } from "~/commands/searchKey";
import { placeOf } from "~/domain/places";
import type { StudentRow } from "~/ipc/gen/StudentRow";
import { DataGrid, type SortBy, sortFrom, sortText } from "~/ui/grid";
import {
  Amount,
  Button,
  EmptyState,
  Page,
  PageHead,
  SearchField,
  Segmented,
  Toolbar,
} from "~/ui/primitives";
import { useStudents } from "./api";
import { studentColumns } from "./columns";
import { RegisterDialog } from "./RegisterDialog";
import { type StudentsSearch, studentsRoute } from "./routes";
import s from "./Students.module.css";

const BY_NAME: SortBy = { column: "name", direction: "ascending" };

/** Everyone the school teaches, with what each owes. */
export function StudentsScreen() {
  const { t } = useTranslation("students");
  const navigate = useNavigate();
  const search = studentsRoute.useSearch();
  const sort = sortFrom(search.sort, BY_NAME);
  const query = search.query ?? "";
  const rows = useStudents({ query, owing: search.owing ?? false, sort });
  const change = (next: Partial<StudentsSearch>) =>
    void navigate({ to: "/students", search: { ...search, ...next }, replace: true });
  const open = (row: StudentRow) => void navigate({ to: placeOf("student", row.id) });
  const balance = rows.page?.balance;
  const columns = useMemo(
    () => studentColumns(t, balance && <Amount of={balance} />),
    [t, balance],
  );
  useSearchKey();

  return (
    <Page>
      <PageHead
        title={t("title")}
        sub={t("sub")}
        actions={
          <>
            <Button
              variant="quiet"
              icon={FileUp}
              onPress={() => void navigate({ to: "/import", search: { kind: "students" } })}
            >
              {t("import")}
            </Button>
            <Button variant="primary" icon={UserPlus} onPress={() => change({ register: true })}>
              {t("register")}
            </Button>
          </>
        }
      />
      <Toolbar label={t("filters")}>
        <div className={s.search}>
          <SearchField
            label={t("search")}
            placeholder={t("search")}
            value={query}
            onChange={(text) => change({ query: text || undefined })}
          />
        </div>
        <Segmented
          label={t("which")}
          value={search.owing ? "owing" : "all"}
          options={[
            { id: "all", name: t("all") },
            { id: "owing", name: t("owing") },
          ]}
          onChange={(id) => change({ owing: id === "owing" || undefined })}
        />
      </Toolbar>
      <DataGrid
        label={t("title")}
        columns={columns}
        rows={rows}
        rowId={(row) => row.id}
        sort={sort}
        onSort={(next) => change({ sort: sortText(next) })}
        onOpen={open}
        onPeek={open}
        empty={
          <NoStudents
            search={search}
            onChange={change}
            onRegister={() => change({ register: true })}
          />
        }
        footLead={<span>{t("count", { count: rows.count })}</span>}
      />
      {search.register && <RegisterDialog onClose={() => change({ register: undefined })} />}
    </Page>
  );
}

interface NoStudentsProps {
  search: StudentsSearch;
  onChange: (next: Partial<StudentsSearch>) => void;
  onRegister: () => void;
}

/** Nobody yet, nobody of that name, or nobody who owes: three different things to say. */
function NoStudents({ search, onChange, onRegister }: NoStudentsProps) {
  const { t } = useTranslation("students");
  if (search.query) {
    const clear = () => onChange({ query: undefined, owing: undefined });
    return (
      <EmptyState
        kind="no_match"
        title={t("no_match", { query: search.query })}
        action={<Button onPress={clear}>{t("clear_filters")}</Button>}
      >
        {t("no_match_body")}
      </EmptyState>
    );
  }
  if (search.owing)
    return (
      <EmptyState kind="all_done" title={t("none_owing")}>
        {t("none_owing_body")}
      </EmptyState>
    );
  return (
    <EmptyState
      kind="first_use"
      title={t("first")}
      action={
        <div className="row">
          <Button variant="primary" icon={UserPlus} onPress={onRegister}>
            {t("register")}
          </Button>
          <Link to="/import" search={{ kind: "students" }}>
            {t("import_file")}
          </Link>
        </div>
      }
    >
      {t("first_body")}
    </EmptyState>
  );
}
