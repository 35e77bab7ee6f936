import { Link, useNavigate } from "@tanstack/react-router";
import { PencilLine, Plus, Wallet } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useCommands } from "~/commands/registry";
import { faultOf, faultText } from "~/ipc/errors";
import type { AccountView } from "~/ipc/gen/AccountView";
import type { StudentView } from "~/ipc/gen/StudentView";
import { Button, EmptyState, Page, PageHead, SkeletonLines, Split, Tabs } from "~/ui/primitives";
import { AccountGrid } from "./AccountGrid";
import { useAccount, useStudent } from "./api";
import { ChangeDialog } from "./ChangeDialog";
import { Contact } from "./Contact";
import { type StudentTab, studentRoute } from "./routes";
import { isOpenRow } from "./rows";
import { StandingOf } from "./StandingOf";
import s from "./Students.module.css";

/** One student: what is owed, why, and how to reach the person. */
export function StudentScreen() {
  const { t } = useTranslation("students");
  const { id } = studentRoute.useParams();
  const student = useStudent(id);
  const account = useAccount(id);
  const error = student.error ?? account.error;
  if (error)
    return (
      <Page>
        <PageHead crumb={<Link to="/students">{t("title")}</Link>} title={t("student")} />
        <EmptyState
          kind="no_match"
          title={faultText(faultOf(error))}
          action={<Link to="/students">{t("to_list")}</Link>}
        />
      </Page>
    );
  if (!student.data || !account.data)
    return (
      <Page>
        <PageHead crumb={<Link to="/students">{t("title")}</Link>} title={t("student")} />
        <div className={s.top}>
          <SkeletonLines count={4} />
        </div>
      </Page>
    );
  return <Loaded student={student.data} account={account.data} />;
}

function Loaded({ student, account }: { student: StudentView; account: AccountView }) {
  const { t } = useTranslation("students");
  const navigate = useNavigate();
  const { tab = "account" } = studentRoute.useSearch();
  const [isChanging, setChanging] = useState(false);
  const forThis = { search: { student: student.id } };
  const invoice = () => void navigate({ to: "/invoices/new", ...forThis });
  const pay = () => void navigate({ to: "/payments/new", ...forThis });
  useCommands([
    {
      id: "student.invoice",
      title: () => t("new_invoice"),
      group: "screen",
      keys: "c",
      run: invoice,
    },
    { id: "student.pay", title: () => t("record_payment"), group: "screen", keys: "r", run: pay },
    {
      id: "student.change",
      title: () => t("change_details"),
      group: "screen",
      keys: "e",
      run: () => setChanging(true),
    },
  ]);
  const open = account.rows.filter(isOpenRow);
  const show = (next: StudentTab) =>
    void navigate({
      to: "/students/$id",
      params: { id: student.id },
      search: { tab: next === "open" ? next : undefined },
      replace: true,
    });
  return (
    <Split>
      <Page>
        <PageHead
          crumb={<Link to="/students">{t("title")}</Link>}
          title={student.person.name}
          sub={[student.number, student.department].filter(Boolean).join(" · ")}
          actions={
            <>
              <Button variant="quiet" icon={PencilLine} onPress={() => setChanging(true)}>
                {t("change_details")}
              </Button>
              <Button icon={Plus} onPress={invoice}>
                {t("new_invoice")}
              </Button>
              <Button variant="primary" icon={Wallet} keys="r" onPress={pay}>
                {t("record_payment")}
              </Button>
            </>
          }
        />
        <StandingOf student={student} account={account} open={open} />
        <Tabs<StudentTab>
          label={t("views")}
          value={tab}
          onChange={show}
          tabs={[
            { id: "account", name: t("account") },
            { id: "open", name: t("open_items"), count: open.length },
          ]}
        >
          <AccountGrid
            rows={tab === "open" ? open : account.rows}
            balance={account.balance}
            isOpenOnly={tab === "open"}
          />
        </Tabs>
      </Page>
      <Contact student={student} onChange={() => setChanging(true)} />
      {isChanging && <ChangeDialog student={student} onClose={() => setChanging(false)} />}
    </Split>
  );
}
