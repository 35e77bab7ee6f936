import { Link, useNavigate } from "@tanstack/react-router";
import {
  CalendarClock,
  CirclePause,
  Ellipsis,
  HandCoins,
  PencilLine,
  Plus,
  Undo2,
  UserRound,
  Wallet,
} from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { HistoryButton } from "~/app/HistoryButton";
import { useRecent } from "~/commands/recent";
import { useCommands } from "~/commands/registry";
import { isZero } from "~/domain/money";
import { faultOf, faultText } from "~/ipc/errors";
import type { AccountView } from "~/ipc/gen/AccountView";
import type { StudentView } from "~/ipc/gen/StudentView";
import { PlanCards } from "~/ui/plan/PlanCard";
import { PlanDialog } from "~/ui/plan/PlanDialog";
import { Button, IconButton, Menu, Page, PageHead, Split, Tabs, UnreadPage } from "~/ui/primitives";
import { RefundDialog } from "~/ui/refund/RefundDialog";
import { AccountGrid } from "./AccountGrid";
import { useAccount, useStudent } from "./api";
import { ChangeDialog } from "./ChangeDialog";
import { Contact } from "./Contact";
import { PaidByDialog } from "./PaidByDialog";
import { type StudentTab, studentRoute } from "./routes";
import { isOpenRow } from "./rows";
import { StandingOf } from "./StandingOf";

/** One student: what is owed, why, and how to reach the person. */
export function StudentScreen() {
  const { t } = useTranslation("students");
  const { id } = studentRoute.useParams();
  const student = useStudent(id);
  const account = useAccount(id);
  const error = student.error ?? account.error;
  if (error || !student.data || !account.data)
    return (
      <UnreadPage
        crumb={<Link to="/students">{t("title")}</Link>}
        title={t("student")}
        fault={error ? faultText(faultOf(error)) : undefined}
        action={<Link to="/students">{t("to_list")}</Link>}
      />
    );
  return <Loaded student={student.data} account={account.data} />;
}

function Loaded({ student, account }: { student: StudentView; account: AccountView }) {
  const { t } = useTranslation("students");
  const navigate = useNavigate();
  const { tab = "account" } = studentRoute.useSearch();
  const [isChanging, setChanging] = useState(false);
  const [isRefunding, setRefunding] = useState(false);
  const [isPlanning, setPlanning] = useState(false);
  const [isPaying, setPaying] = useState(false);
  const change = () => setChanging(true);
  useRecent({
    path: `/students/${student.id}`,
    icon: UserRound,
    label: student.person.name,
    detail: student.number,
  });
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
            <Verbs
              studentId={student.id}
              onChange={change}
              onPayers={() => setPaying(true)}
              onPlan={
                open.some((row) => row.kind === "invoice") ? () => setPlanning(true) : undefined
              }
              onRefund={isZero(student.credit) ? undefined : () => setRefunding(true)}
            />
          }
        />
        <StandingOf student={student} account={account} open={open} />
        <PlanCards student_id={student.id} />
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
      <Contact student={student} onChange={change} onPayers={() => setPaying(true)} />
      {isPaying && <PaidByDialog student={student} onClose={() => setPaying(false)} />}
      {isRefunding && (
        <RefundDialog studentId={student.id} sources={[]} onClose={() => setRefunding(false)} />
      )}
      {isPlanning && <PlanDialog studentId={student.id} onClose={() => setPlanning(false)} />}
      {isChanging && <ChangeDialog student={student} onClose={() => setChanging(false)} />}
    </Split>
  );
}

/** What is done for a student, by button and by key. */
interface VerbsProps {
  studentId: string;
  onChange: () => void;
  onPayers: () => void;
  /** Left out where nothing is open. */
  onPlan?: () => void;
  /** Left out where there is no credit. */
  onRefund?: () => void;
}

function Verbs({ studentId, onChange, onPayers, onPlan, onRefund }: VerbsProps) {
  const { t } = useTranslation(["students", "common"]);
  const navigate = useNavigate();
  const search = { student: studentId };
  const invoice = () => void navigate({ to: "/invoices/new", search });
  const pay = () => void navigate({ to: "/payments/new", search });
  const hold = () => void navigate({ to: "/reminders", search });
  const verb = (id: string, title: string, keys: string, run: () => void) =>
    ({ id: `student.${id}`, title: () => title, group: "screen", keys, run }) as const;
  useCommands([
    verb("invoice", t("new_invoice"), "c", invoice),
    verb("pay", t("record_payment"), "r", pay),
    verb("change", t("change_details"), "e", onChange),
    { ...verb("hold", t("hold_reminders"), "", hold), keys: undefined, icon: CirclePause },
    {
      ...verb("refund", t("pay_back"), "", () => onRefund?.()),
      keys: undefined,
      icon: Undo2,
      when: () => onRefund !== undefined,
    },
  ]);
  return (
    <>
      <Menu
        label={t("common:more")}
        trigger={<IconButton icon={Ellipsis} label={t("common:more")} />}
        groups={[
          {
            id: "more",
            actions: [
              { id: "payers", icon: HandCoins, label: t("who_pays"), onAction: onPayers },
              { id: "hold", icon: CirclePause, label: t("hold_reminders"), onAction: hold },
              ...(onPlan
                ? [
                    {
                      id: "plan",
                      icon: CalendarClock,
                      label: t("make_plan"),
                      onAction: onPlan,
                    },
                  ]
                : []),
            ],
          },
        ]}
      />
      <HistoryButton about={`student/${studentId}`} />
      <Button variant="quiet" icon={PencilLine} onPress={onChange}>
        {t("change_details")}
      </Button>
      {onRefund && (
        <Button icon={Undo2} onPress={onRefund}>
          {t("pay_back")}
        </Button>
      )}
      <Button icon={Plus} onPress={invoice}>
        {t("new_invoice")}
      </Button>
      <Button variant="primary" icon={Wallet} keys="r" onPress={pay}>
        {t("record_payment")}
      </Button>
    </>
  );
}
