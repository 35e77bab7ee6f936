import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { formatAmount } from "~/domain/money";
import { useDesk } from "~/ipc/desk";
import type { PayerPartView } from "~/ipc/gen/PayerPartView";
import type { StudentView } from "~/ipc/gen/StudentView";
import { Button, Facts } from "~/ui/primitives";
import { usePayersOf } from "./api";
import s from "./Students.module.css";

/** Who pays for the student unless an invoice says otherwise. */
export function PaidBy({ student, onChange }: { student: StudentView; onChange: () => void }) {
  const { t } = useTranslation(["students", "payers"]);
  const currency = useDesk().school?.currency ?? "";
  const shares = usePayersOf(student.id).data?.shares;
  if (!shares) return null;
  const part = ({ share }: PayerPartView) => {
    if (share.part === "percent") return `${share.value} %`;
    if (share.part === "amount") return formatAmount({ amount: share.value, currency });
    return t("payers:what_is_left");
  };
  return (
    <section className={s.paidBy}>
      <div className={s.asideHead}>
        <h2>{t("paid_by")}</h2>
        <Button size="small" variant="quiet" onPress={onChange}>
          {t("change")}
        </Button>
      </div>
      {shares.length === 0 ? (
        <p className="t2">{t("pays_alone")}</p>
      ) : (
        <Facts
          facts={shares.map((view) => ({
            label: part(view),
            value: view.share.payer_id ? (
              <Link to="/payers/$id" params={{ id: view.share.payer_id }}>
                {view.name}
              </Link>
            ) : (
              view.name
            ),
          }))}
        />
      )}
    </section>
  );
}
