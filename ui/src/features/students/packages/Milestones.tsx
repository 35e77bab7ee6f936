import { ShieldAlert, Undo2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { lessonsText } from "~/domain/lessons";
import { formatAmount } from "~/domain/money";
import { lookOf, type StatusLook } from "~/domain/status";
import type { CheckedMilestone } from "~/ipc/gen/CheckedMilestone";
import { useMay } from "~/ipc/session";
import { Amount, Button, Pill, Select, Table } from "~/ui/primitives";
import { useMilestones, useOffered } from "./api";
import { OverrideDialog } from "./OverrideDialog";
import s from "./Packages.module.css";

const STATES = {
  met: { tone: "success", shape: "check" },
  ahead: { tone: "neutral", shape: "open" },
  missing: { tone: "danger", shape: "alert" },
  overridden: { tone: "warning", shape: "warning" },
} as const satisfies Record<string, StatusLook>;

const NEXT = "next";

/** What must be paid before the next lesson, or before a service that is chosen. */
export function Milestones({ studentId }: { studentId: string }) {
  const { t } = useTranslation("packages");
  const [booking, setBooking] = useState(NEXT);
  const [waived, setWaived] = useState<CheckedMilestone | null>(null);
  const check = useMilestones(studentId, booking === NEXT ? null : booking).data;
  const services = useOffered().filter((row) => row.kind !== "package" && row.kind !== "material");
  const mayWaive = useMay("give_up");
  if (!check || check.rows.length === 0) return null;
  return (
    <section className={s.one} aria-label={t("before_booking")}>
      <header className={s.head}>
        <h2>{t("before_booking")}</h2>
        <span className="t2 num">{t("paid_so_far", { amount: formatAmount(check.paid) })}</span>
        <span className={`${s.verbs} ${s.book}`}>
          <Select
            label={t("to_book")}
            hideLabel
            value={booking}
            options={[
              { id: NEXT, name: t("next_lesson") },
              ...services.map((row) => ({ id: row.id, name: `${row.code} ${row.name}` })),
            ]}
            onChange={setBooking}
          />
        </span>
      </header>
      <Table
        label={t("before_booking")}
        rows={check.rows}
        rowId={(row) => row.milestone.id}
        columns={[
          {
            id: "name",
            header: t("milestone"),
            cell: (row) => (
              <span className="clip" title={row.milestone.name}>
                {row.milestone.name} <BeforeWord of={row} />
              </span>
            ),
          },
          {
            id: "state",
            header: t("state"),
            width: "168px",
            cell: (row) => <StateOf of={row} />,
          },
          {
            id: "needed",
            header: t("needed"),
            width: "104px",
            align: "end",
            cell: (row) => <Amount of={row.milestone.amount} />,
          },
          {
            id: "missing",
            header: t("missing"),
            width: "104px",
            align: "end",
            cell: (row) => (
              <Amount of={row.missing} look={row.state === "missing" ? "late" : "plain"} />
            ),
          },
          {
            id: "verb",
            header: <span className="sr">{t("waive")}</span>,
            width: "128px",
            align: "end",
            cell: (row) =>
              mayWaive && (row.state === "missing" || row.reason !== null) ? (
                <Button
                  size="small"
                  icon={row.reason === null ? ShieldAlert : Undo2}
                  onPress={() => setWaived(row)}
                >
                  {t(row.reason === null ? "waive" : "unwaive")}
                </Button>
              ) : null,
          },
        ]}
      />
      {waived && (
        <OverrideDialog of={waived} studentId={studentId} onClose={() => setWaived(null)} />
      )}
    </section>
  );
}

function StateOf({ of }: { of: CheckedMilestone }) {
  const { t } = useTranslation("packages");
  return (
    <span title={of.reason ?? undefined}>
      <Pill {...lookOf(STATES, of.state)} isQuiet={of.state === "met" || of.state === "ahead"}>
        {t(`milestone_${of.state as "met"}`)}
      </Pill>
    </span>
  );
}

function BeforeWord({ of }: { of: CheckedMilestone }) {
  const { t } = useTranslation("packages");
  const { lesson, service } = of.milestone;
  const word =
    lesson === null
      ? t("before_service", { service })
      : service === ""
        ? t("before_lesson", { lesson, had: lessonsText(of.had ?? "0") })
        : t("before_lesson_of", { lesson, service, had: lessonsText(of.had ?? "0") });
  return <span className="t2 small">{word}</span>;
}
