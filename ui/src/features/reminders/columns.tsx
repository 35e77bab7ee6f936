import { Link } from "@tanstack/react-router";
import type { TFunction } from "i18next";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { placeOf } from "~/domain/places";
import type { StatusShape, Tone } from "~/domain/status";
import type { LeftOutInvoice } from "~/ipc/gen/LeftOutInvoice";
import type { ReminderMessage } from "~/ipc/gen/ReminderMessage";
import type { ReminderRow } from "~/ipc/gen/ReminderRow";
import type { GridColumn } from "~/ui/grid";
import { Amount, Day, Pill } from "~/ui/primitives";
import { useLevelName } from "./levels";
import { type Wish, wayOf } from "./plan";

type T = TFunction<"reminders">;

const Dash = () => <span className="t3">–</span>;

interface StudentProps {
  id: string;
  name: string;
  /** Who is reminded, where that is not the student. */
  payer?: string;
}

function Student({ id, name, payer }: StudentProps) {
  return (
    <Link
      to={placeOf("student", id)}
      className="clip"
      tabIndex={-1}
      title={payer ? `${payer} · ${name}` : name}
    >
      {payer ? (
        <>
          {payer} <span className="t2">{name}</span>
        </>
      ) : (
        name
      )}
    </Link>
  );
}

const LOUD: Record<string, Tone> = { upcoming: "neutral", first: "info", second: "warning" };

function LevelPill({ level }: { level: string }) {
  const levelName = useLevelName();
  const shape: StatusShape = level === "final" ? "alert" : level === "upcoming" ? "clock" : "open";
  return (
    <Pill tone={LOUD[level] ?? "danger"} shape={shape} isQuiet>
      {levelName(level)}
    </Pill>
  );
}

const numbers = (names: readonly string[]) => (
  <span className="num t2 clip" title={names.join(", ")}>
    {names.join(", ")}
  </span>
);

/** What would be sent: who, how serious, what for and how much. */
export function dueColumns(t: T, wished: Wish): GridColumn<ReminderMessage>[] {
  return [
    {
      id: "student",
      header: t("student"),
      width: 140,
      grow: true,
      isPinned: true,
      cell: (r) => <Student id={r.student_id} name={r.student} payer={r.payer} />,
    },
    {
      id: "level",
      header: t("level"),
      width: 168,
      cell: (r) => <LevelPill level={r.level} />,
    },
    {
      id: "invoices",
      header: t("invoices"),
      width: 132,
      givesWay: 2,
      cell: (r) => numbers(r.invoices.map((invoice) => invoice.number)),
    },
    {
      id: "way",
      header: t("way"),
      width: 168,
      givesWay: 1,
      cell: (r) => {
        const way = wayOf(r, wished);
        const place = { email: r.email, sms: r.phone, letter: t("way_letter") }[way];
        return (
          <span className="t2 clip" title={place}>
            {place}
          </span>
        );
      },
    },
    { id: "fee", header: t("fee"), width: 88, align: "end", cell: (r) => fee(r.fee) },
    {
      id: "interest",
      header: t("interest"),
      width: 88,
      align: "end",
      givesWay: 3,
      cell: (r) => fee(r.interest),
    },
    {
      id: "to_pay",
      header: t("to_pay"),
      width: 112,
      align: "end",
      cell: (r) => <Amount of={r.to_pay} look="main" />,
    },
    { id: "deadline", header: t("deadline"), width: 108, cell: (r) => <Day of={r.deadline} /> },
  ];
}

const fee = (of: ReminderMessage["fee"]): ReactNode => (of ? <Amount of={of} /> : <Dash />);

/** Why an invoice is in no message, with the day that ends it. */
function Why({ row }: { row: LeftOutInvoice }) {
  const { t } = useTranslation("reminders");
  const levelName = useLevelName();
  const level = row.level ? levelName(row.level) : "";
  return (
    <span className="clip">
      {t(`why_${row.why}` as "why_waiting", { level })}{" "}
      {row.until && (
        <span className="t2">
          {t(row.why === "waiting" ? "from_day" : "until_day")} <Day of={row.until} />
        </span>
      )}
    </span>
  );
}

/** What would not be sent, and why. */
export function leftOutColumns(t: T): GridColumn<LeftOutInvoice>[] {
  return [
    {
      id: "student",
      header: t("student"),
      width: 140,
      grow: true,
      cell: (r) => <Student id={r.student_id} name={r.student} />,
    },
    {
      id: "invoice",
      header: t("invoice"),
      width: 108,
      leadsOn: true,
      cell: (r) => (
        <Link to={placeOf("invoice", r.invoice.invoice_id)} className="num" tabIndex={-1}>
          {r.invoice.number}
        </Link>
      ),
    },
    {
      id: "due",
      header: t("due"),
      width: 108,
      givesWay: 1,
      cell: (r) => <Day of={r.invoice.due_date} />,
    },
    {
      id: "open",
      header: t("open"),
      width: 112,
      align: "end",
      cell: (r) => <Amount of={r.invoice.open} look="main" />,
    },
    { id: "why", header: t("why"), width: 280, grow: true, cell: (r) => <Why row={r} /> },
  ];
}

const STATES: Record<string, [Tone, StatusShape]> = {
  letter: ["neutral", "check"],
  waiting: ["info", "clock"],
  sending: ["info", "arrow"],
  sent: ["success", "check"],
  refused: ["danger", "alert"],
  unknown: ["warning", "question"],
  stale: ["warning", "warning"],
  withdrawn: ["neutral", "void"],
};

/** What was made, and what became of it. */
export function madeColumns(t: T): GridColumn<ReminderRow>[] {
  return [
    { id: "made_on", header: t("made_on"), width: 108, cell: (r) => <Day of={r.made_on} /> },
    {
      id: "student",
      header: t("student"),
      width: 140,
      grow: true,
      leadsOn: true,
      cell: (r) => <Student id={r.student_id} name={r.student} payer={r.payer} />,
    },
    {
      id: "level",
      header: t("level"),
      width: 168,
      cell: (r) => <LevelPill level={r.level} />,
    },
    {
      id: "numbers",
      header: t("invoices"),
      width: 132,
      givesWay: 1,
      cell: (r) => numbers(r.numbers),
    },
    {
      id: "total",
      header: t("open"),
      width: 112,
      align: "end",
      cell: (r) => <Amount of={r.total} look="main" />,
    },
    { id: "fee", header: t("fee"), width: 88, align: "end", cell: (r) => fee(r.fee) },
    {
      id: "state",
      header: t("state"),
      width: 168,
      cell: (r) => {
        const [tone, shape] = STATES[r.state] ?? ["neutral", "none"];
        return (
          <Pill tone={tone} shape={shape} isQuiet>
            {t(`state_${r.state}` as "state_sent")}
          </Pill>
        );
      },
    },
  ];
}
