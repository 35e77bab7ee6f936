import { Link, useNavigate } from "@tanstack/react-router";
import { FileUp, UserPlus } from "lucide-react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useSearchKey } from "~/commands/searchKey";
import { placeOf } from "~/domain/places";
import { type SortBy, sortFrom } from "~/ui/grid";
import { ListScreen } from "~/ui/list/ListScreen";
import { Amount, Button } from "~/ui/primitives";
import { useStudents } from "./api";
import { studentColumns } from "./columns";
import { RegisterDialog } from "./RegisterDialog";
import { type StudentsSearch, studentsRoute } from "./routes";

const BY_NAME: SortBy = { column: "name", direction: "ascending" };

/** Everyone the school teaches, with what each owes. */
export function StudentsScreen() {
  const { t } = useTranslation("students");
  const navigate = useNavigate();
  const { owing, register, ...search } = studentsRoute.useSearch();
  const sort = sortFrom(search.sort, BY_NAME);
  const query = search.query ?? "";
  const rows = useStudents({ query, owing: owing ?? false, sort });
  const go = (next: StudentsSearch) =>
    void navigate({ to: "/students", search: next, replace: true });
  const ask = (isAsked?: true) => go({ ...search, owing, register: isAsked });
  const balance = rows.page?.balance;
  const columns = useMemo(
    () => studentColumns(t, balance && <Amount of={balance} />),
    [t, balance],
  );
  useSearchKey();
  return (
    <ListScreen
      title={t("title")}
      sub={t("sub")}
      bar={{
        label: t("filters"),
        search: t("search"),
        which: t("which"),
        all: t("all"),
        narrowed: t("owing"),
      }}
      actions={<Verbs onRegister={() => ask(true)} />}
      rows={rows}
      rowId={(row) => row.id}
      columns={columns}
      address={{ ...search, isNarrowed: owing }}
      sort={sort}
      onNavigate={({ isNarrowed, ...next }) => go({ ...next, owing: isNarrowed })}
      onOpen={(row) => void navigate({ to: placeOf("student", row.id) })}
      noMatch={{ title: t("no_match", { query }), body: t("no_match_body") }}
      allDone={{ title: t("none_owing"), body: t("none_owing_body") }}
      firstUse={{
        title: t("first"),
        body: t("first_body"),
        action: <FirstVerbs onRegister={() => ask(true)} />,
      }}
      count={t("count", { count: rows.count })}
    >
      {register && <RegisterDialog onClose={() => ask()} />}
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
