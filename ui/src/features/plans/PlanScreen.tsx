import { Link } from "@tanstack/react-router";
import { PencilLine, Printer, Square } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { HistoryButton } from "~/app/HistoryButton";
import { useCommands } from "~/commands/registry";
import { formatAmount } from "~/domain/money";
import { placeOf } from "~/domain/places";
import { faultOf, faultText } from "~/ipc/errors";
import type { PlanView } from "~/ipc/gen/PlanView";
import { useMay } from "~/ipc/session";
import { openPlanLetter, usePlan } from "~/ui/plan/api";
import { PlanDialog } from "~/ui/plan/PlanDialog";
import { PlanPill } from "~/ui/plan/PlanPill";
import { PlanProgress } from "~/ui/plan/PlanProgress";
import { Button, Day, Facts, Figure, Page, PageHead, Scroll, UnreadPage } from "~/ui/primitives";
import { EndDialog } from "./EndDialog";
import s from "./Plans.module.css";
import { planRoute } from "./routes";
import { InstalmentsTable, InvoicesTable } from "./Tables";

/** One payment plan: how it is kept, what is due when, and what it is about. */
export function PlanScreen() {
  const { t } = useTranslation("plans");
  const { id } = planRoute.useParams();
  const { data: plan, error } = usePlan(id);
  const [asked, ask] = useState<"change" | "end" | null>(null);
  const close = () => ask(null);
  if (!plan)
    return (
      <UnreadPage
        crumb={<Link to="/plans">{t("title")}</Link>}
        title={t("plan")}
        fault={error ? faultText(faultOf(error)) : undefined}
        action={<Link to="/plans">{t("to_list")}</Link>}
      />
    );
  return (
    <Page>
      <PageHead
        crumb={<Link to="/plans">{t("title")}</Link>}
        title={t("plan_of", { name: plan.student })}
        badge={<PlanPill state={plan.state} isHeader />}
        actions={<Verbs plan={plan} onAsk={ask} />}
      />
      <Scroll width="full">
        <Standing plan={plan} />
        <InstalmentsTable plan={plan} />
        <InvoicesTable plan={plan} />
      </Scroll>
      {asked === "change" && (
        <PlanDialog studentId={plan.student_id} replaces={plan} onClose={close} />
      )}
      {asked === "end" && <EndDialog plan={plan} onClose={close} />}
    </Page>
  );
}

interface VerbsProps {
  plan: PlanView;
  onAsk: (what: "change" | "end") => void;
}

function Verbs({ plan, onAsk }: VerbsProps) {
  const { t } = useTranslation("plans");
  const mayWork = useMay("work");
  const holds = plan.open !== null && plan.state !== "paid";
  const print = () => void openPlanLetter(plan.id);
  useCommands([
    {
      id: "plan.print",
      title: () => t("letter"),
      group: "screen",
      keys: "mod+p",
      when: () => plan.open !== null,
      run: print,
    },
  ]);
  return (
    <>
      <HistoryButton about={`plan/${plan.id}`} />
      {plan.open && (
        <Button icon={Printer} keys="mod+p" onPress={print}>
          {t("letter")}
        </Button>
      )}
      {mayWork && holds && (
        <>
          <Button icon={Square} onPress={() => onAsk("end")}>
            {t("end")}
          </Button>
          <Button variant="primary" icon={PencilLine} onPress={() => onAsk("change")}>
            {t("change")}
          </Button>
        </>
      )}
    </>
  );
}

function Standing({ plan }: { plan: PlanView }) {
  const { t } = useTranslation("plans");
  return (
    <section className={s.standing} aria-label={t("how_kept")}>
      <div className={s.headline}>
        <Figure
          size="page"
          label={plan.open ? t("open") : t("was_planned")}
          unit={plan.total.currency}
          value={formatAmount(plan.open ?? plan.total)}
        />
        <Facts
          look="over"
          facts={[
            {
              label: t("student"),
              value: <Link to={placeOf("student", plan.student_id)}>{plan.student}</Link>,
            },
            { label: t("agreed_on"), value: <Day of={plan.agreed_on} look="long" /> },
            ...endOf(plan, t),
            ...(plan.note ? [{ label: t("note"), value: plan.note }] : []),
            ...(plan.replaces
              ? [
                  {
                    label: t("replaces"),
                    value: <Link to={placeOf("plan", plan.replaces)}>{t("earlier_plan")}</Link>,
                  },
                ]
              : []),
          ]}
        />
      </div>
      <PlanProgress plan={plan} />
      {plan.state === "broken" && <p className="t2">{t("broken_words")}</p>}
    </section>
  );
}

type Words = ReturnType<typeof useTranslation<"plans">>["t"];

/** When it would break, or when and why it was over. */
function endOf(plan: PlanView, t: Words) {
  if (plan.ended_on)
    return [
      {
        label: plan.replaced_by ? t("state_replaced") : t("state_ended"),
        value: plan.replaced_by ? (
          <Link to={placeOf("plan", plan.replaced_by)}>{t("later_plan")}</Link>
        ) : (
          <>
            <Day of={plan.ended_on} look="long" /> · {plan.end_reason}
          </>
        ),
      },
    ];
  if (!plan.breaks_on || plan.state === "broken") return [];
  return [{ label: t("breaks_on"), value: <Day of={plan.breaks_on} look="long" /> }];
}
