import { useTranslation } from "react-i18next";
import { useDesk } from "~/ipc/desk";
import type { StudentView } from "~/ipc/gen/StudentView";
import { useReachFacts } from "~/ui/person/ReachBy";
import { Button, Facts } from "~/ui/primitives";
import { addressLines } from "./form";
import { type GateDialog, GatePart } from "./gate/GatePart";
import { PaidBy } from "./PaidBy";
import s from "./Students.module.css";

interface ContactProps {
  student: StudentView;
  onChange: () => void;
  onPayers: () => void;
  onGate: (dialog: GateDialog) => void;
}

/**
 * Whether the student may book on, and how to reach them. Gives way to the account where the window
 * is narrow.
 */
export function Contact({ student, onChange, onPayers, onGate }: ContactProps) {
  const { t } = useTranslation("students");
  const { school } = useDesk();
  const { person } = student;
  const none = <span className="t3">–</span>;
  const reach = useReachFacts(person.reach_by);
  return (
    <aside className={s.aside} aria-label={t("details")}>
      <GatePart studentId={student.id} onAsk={onGate} />
      <div className={s.asideHead}>
        <h2>{t("details")}</h2>
        <Button size="small" variant="quiet" onPress={onChange}>
          {t("change")}
        </Button>
      </div>
      <Facts
        facts={[
          { label: t("number"), value: <span className="num">{student.number}</span> },
          { label: t("department"), value: student.department || none },
          { label: t("email"), value: person.email || none },
          { label: t("phone"), value: <span className="num">{person.phone || none}</span> },
          ...reach,
          {
            label: t("address"),
            value: <span className={s.lines}>{addressLines(person, school?.country) || none}</span>,
          },
        ]}
      />
      <PaidBy student={student} onChange={onPayers} />
    </aside>
  );
}
