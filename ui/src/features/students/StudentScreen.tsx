import { Link, useNavigate } from "@tanstack/react-router";
import { UserRound } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useRecent } from "~/commands/recent";
import { isZero } from "~/domain/money";
import type { GateLamp } from "~/domain/status";
import { faultOf, faultText } from "~/ipc/errors";
import type { AccountView } from "~/ipc/gen/AccountView";
import type { StudentView } from "~/ipc/gen/StudentView";
import { PlanCards } from "~/ui/plan/PlanCard";
import { PlanDialog } from "~/ui/plan/PlanDialog";
import { Banner, Lamp, Page, PageHead, Pill, Split, Tabs, UnreadPage } from "~/ui/primitives";
import { RefundDialog } from "~/ui/refund/RefundDialog";
import { AccountGrid } from "./AccountGrid";
import { useAccount, useStudent } from "./api";
import { ChangeDialog } from "./ChangeDialog";
import { Contact } from "./Contact";
import { EraseDialog } from "./EraseDialog";
import { useGate } from "./gate/api";
import { GateDialogs } from "./gate/GateDialogs";
import type { GateDialog } from "./gate/GatePart";
import { PaidByDialog } from "./PaidByDialog";
import { PackagesTab } from "./packages/PackagesTab";
import { type StudentTab, studentRoute } from "./routes";
import { isOpenRow } from "./rows";
import { StandingOf } from "./StandingOf";
import { Verbs } from "./StudentVerbs";

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

/** Gone, or how far lessons may be booked where that is not all clear. */
function Badge({ isErased, light }: { isErased: boolean; light: string | undefined }) {
  const { t } = useTranslation("students");
  if (isErased)
    return (
      <Pill tone="neutral" shape="void">
        {t("erased")}
      </Pill>
    );
  return light && light !== "clear" ? <Lamp state={light as GateLamp} /> : null;
}

function Loaded({ student, account }: { student: StudentView; account: AccountView }) {
  const { t } = useTranslation("students");
  const navigate = useNavigate();
  const { tab = "account" } = studentRoute.useSearch();
  const [opened, setOpened] = useState<Opened | null>(null);
  const [gateDialog, setGateDialog] = useState<GateDialog | null>(null);
  const light = useGate(student.id).data?.light;
  const asked = (what: Opened) => () => setOpened(what);
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
      search: { tab: next === "account" ? undefined : next },
      replace: true,
    });
  return (
    <Split>
      <Page>
        <PageHead
          crumb={<Link to="/students">{t("title")}</Link>}
          title={student.person.name}
          badge={<Badge isErased={student.erased} light={light} />}
          sub={[student.number, student.department].filter(Boolean).join(" · ")}
          actions={
            <Verbs
              studentId={student.id}
              isErased={student.erased}
              onChange={asked("change")}
              onPayers={asked("payers")}
              onPlan={open.some((row) => row.kind === "invoice") ? asked("plan") : undefined}
              onGate={setGateDialog}
              onErase={asked("erase")}
              onRefund={isZero(student.credit) ? undefined : asked("refund")}
            />
          }
        />
        {student.erased && <Banner tone="info">{t("erased_body")}</Banner>}
        <StandingOf student={student} account={account} open={open} />
        <PlanCards student_id={student.id} />
        <Tabs<StudentTab>
          label={t("views")}
          value={tab}
          onChange={show}
          tabs={[
            { id: "account", name: t("account") },
            { id: "open", name: t("open_items"), count: open.length },
            { id: "packages", name: t("packages") },
          ]}
        >
          {tab === "packages" ? (
            <PackagesTab studentId={student.id} />
          ) : (
            <AccountGrid
              rows={tab === "open" ? open : account.rows}
              balance={account.balance}
              isOpenOnly={tab === "open"}
            />
          )}
        </Tabs>
      </Page>
      {!student.erased && (
        <Contact
          student={student}
          onChange={asked("change")}
          onPayers={asked("payers")}
          onGate={setGateDialog}
        />
      )}
      {gateDialog && (
        <GateDialogs
          dialog={gateDialog}
          studentId={student.id}
          name={student.person.name}
          onClose={() => setGateDialog(null)}
        />
      )}
      <Dialogs opened={opened} student={student} onClose={() => setOpened(null)} />
    </Split>
  );
}

/** What can be asked about a student besides the debt gate. */
type Opened = "change" | "payers" | "plan" | "refund" | "erase";

interface DialogsProps {
  opened: Opened | null;
  student: StudentView;
  onClose: () => void;
}

function Dialogs({ opened, student, onClose }: DialogsProps) {
  const { id } = student;
  if (opened === "change") return <ChangeDialog student={student} onClose={onClose} />;
  if (opened === "payers") return <PaidByDialog student={student} onClose={onClose} />;
  if (opened === "plan") return <PlanDialog studentId={id} onClose={onClose} />;
  if (opened === "refund") return <RefundDialog studentId={id} sources={[]} onClose={onClose} />;
  if (opened === "erase") return <EraseDialog student={student} onClose={onClose} />;
  return null;
}
