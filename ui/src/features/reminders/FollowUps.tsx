import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { formatAmount } from "~/domain/money";
import { placeOf } from "~/domain/places";
import type { FollowUpView } from "~/ipc/gen/FollowUpView";
import { Day, Note } from "~/ui/primitives";

/** Money that did not stay: its payer has not been told since. */
export function FollowUps({ rows }: { rows: readonly FollowUpView[] }) {
  const { t } = useTranslation("reminders");
  if (rows.length === 0) return null;
  return (
    <Note tone="warning" title={t("follow_ups", { count: rows.length })}>
      <ul>
        {rows.map((row) => (
          <li key={row.payment_id}>
            <Link to={placeOf("student", row.student_id)}>{row.student}</Link>{" "}
            <Link to={placeOf("payment", row.payment_id)}>
              {t(row.outcome === "failed" ? "follow_failed" : "follow_reversed", {
                amount: formatAmount(row.amount),
              })}
            </Link>{" "}
            <Day of={row.on} />
          </li>
        ))}
      </ul>
    </Note>
  );
}
