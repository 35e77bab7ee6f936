import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { placeOf } from "~/domain/places";
import type { PlanView } from "~/ipc/gen/PlanView";
import { useMay } from "~/ipc/session";
import { Button, Day } from "~/ui/primitives";
import { usePlansOf } from "./api";
import s from "./Plan.module.css";
import { PlanDialog } from "./PlanDialog";
import { PlanPill } from "./PlanPill";
import { PlanProgress } from "./PlanProgress";

/** The payment plans that hold, of a student or about an invoice, each with how it is kept. */
export function PlanCards(of: { student_id: string } | { invoice_id: string }) {
  return usePlansOf(of).map((plan) => <PlanCard key={plan.id} plan={plan} />);
}

function PlanCard({ plan }: { plan: PlanView }) {
  const { t } = useTranslation("plans");
  const [isChanging, setChanging] = useState(false);
  const mayWork = useMay("work");
  return (
    <section className={s.card} aria-label={t("plan")}>
      <div className={s.head}>
        <h2 className="medium">
          <Link to={placeOf("plan", plan.id)}>{t("plan")}</Link>
        </h2>
        <PlanPill state={plan.state} isHeader />
        {plan.state === "late" && plan.breaks_on && (
          <span className="t2 small">
            {t("breaks_on")} <Day of={plan.breaks_on} />
          </span>
        )}
        {plan.state === "broken" && <span className="t2 small">{t("broken_words")}</span>}
        <span>
          {mayWork && (
            <Button size="small" onPress={() => setChanging(true)}>
              {t("change")}
            </Button>
          )}
        </span>
      </div>
      <PlanProgress plan={plan} />
      {isChanging && (
        <PlanDialog
          studentId={plan.student_id}
          replaces={plan}
          onClose={() => setChanging(false)}
        />
      )}
    </section>
  );
}
