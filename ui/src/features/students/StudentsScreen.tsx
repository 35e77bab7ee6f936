import { Link, useNavigate } from "@tanstack/react-router";
import { FileUp, UserPlus } from "lucide-react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useAddressChange } from "~/app/useAddressChange";
import { placeOf } from "~/domain/places";
import { useDepartmentFilter } from "~/ui/list/commonFilters";
import type { Narrowing } from "~/ui/list/filters";
import { ListScreen } from "~/ui/list/ListScreen";
import { PrintList } from "~/ui/list/PrintList";
import { Amount, Button } from "~/ui/primitives";
import { studentsRequest, useStudents, wantedOf } from "./api";
import { studentColumns } from "./columns";
import { RegisterDialog } from "./RegisterDialog";
import { type StudentsSearch, studentsRoute } from "./routes";
import { StudentPeek } from "./StudentPeek";
import { StudentsBulk } from "./StudentsBulk";

/** What the address asks for, and how it is narrowed further. */
function useList() {
  const navigate = useNavigate();
  const search = studentsRoute.useSearch();
  const wanted = wantedOf(search);
  const show = (next: StudentsSearch) =>
    void navigate({ to: "/students", search: next, replace: true });
  return {
    search,
    wanted,
    rows: useStudents(wanted),
    show,
    narrow: useAddressChange<Narrowing>(),
  };
}

/** Everyone the school teaches, with what each owes. */
export function StudentsScreen() {
  const { t } = useTranslation("students");
  const navigate = useNavigate();
  const { search, wanted, rows, show, narrow } = useList();
  const filters = useDepartmentFilter();
  const ask = (isAsked?: true) => narrow({ register: isAsked });
  const balance = rows.page?.balance;
  const columns = useMemo(
    () => studentColumns(t, balance && <Amount of={balance} />),
    [t, balance],
  );
  return (
    <ListScreen
      list="students"
      title={t("title")}
      sub={t("sub")}
      bar={{ label: t("filters"), search: t("search") }}
      which={{ key: "owing", label: t("which"), all: t("all"), narrowed: t("owing") }}
      filters={filters}
      actions={
        <>
          <PrintList rows={{ students: studentsRequest(wanted) }} count={rows.count} />
          <Verbs onRegister={() => ask(true)} />
        </>
      }
      rows={rows}
      rowId={(row) => row.id}
      columns={columns}
      address={search}
      except={["register"]}
      sort={wanted.sort}
      onNarrow={narrow}
      onShow={show}
      onOpen={(row) => void navigate({ to: placeOf("student", row.id) })}
      peek={(panel) => <StudentPeek {...panel} />}
      bulk={(selection, select) => (
        <StudentsBulk
          selection={selection}
          total={rows.count}
          request={studentsRequest(wanted)}
          onSelect={select}
        />
      )}
      noMatch={{ title: t("no_match"), body: t("no_match_body") }}
      allDone={{ title: t("none_owing"), body: t("none_owing_body") }}
      firstUse={{
        title: t("first"),
        body: t("first_body"),
        action: <FirstVerbs onRegister={() => ask(true)} />,
      }}
      count={t("count", { count: rows.count })}
    >
      {search.register && <RegisterDialog onClose={() => ask()} />}
    </ListScreen>
  );
}

function Verbs({ onRegister }: { onRegister: () => void }) {
  const { t } = useTranslation("students");
  const navigate = useNavigate();
  return (
    <>
      <Button
        variant="quiet"
        icon={FileUp}
        onPress={() => void navigate({ to: "/import", search: { kind: "students" } })}
      >
        {t("import")}
      </Button>
      <Button variant="primary" icon={UserPlus} onPress={onRegister}>
        {t("register")}
      </Button>
    </>
  );
}

function FirstVerbs({ onRegister }: { onRegister: () => void }) {
  const { t } = useTranslation("students");
  return (
    <div className="row">
      <Button variant="primary" icon={UserPlus} onPress={onRegister}>
        {t("register")}
      </Button>
      <Link to="/import" search={{ kind: "students" }}>
        {t("import_file")}
      </Link>
    </div>
  );
}
