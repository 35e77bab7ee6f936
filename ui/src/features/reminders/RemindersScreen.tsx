import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { goTo } from "~/domain/places";
import { faultText } from "~/ipc/errors";
import { Button, Note, Page, PageHead, SkeletonLines, Tabs } from "~/ui/primitives";
import { useMade, usePlan, useUnsent } from "./api";
import { DuePart } from "./DuePart";
import { FollowUps } from "./FollowUps";
import { HoldDialog } from "./HoldDialog";
import { LeftOutPart } from "./LeftOutPart";
import { MadePart } from "./MadePart";
import { type RemindersSearch, type RemindersTab, remindersRoute } from "./routes";

/** Who would be reminded today, who would not and why, and what was made. */
export function RemindersScreen() {
  const { t } = useTranslation("reminders");
  const navigate = useNavigate();
  const { tab = "due", student, invoice, only } = remindersRoute.useSearch();
  const plan = usePlan();
  const unsent = useUnsent();
  const made = useMade();
  const show = (search: RemindersSearch) =>
    void navigate({ to: "/reminders", search, replace: true });
  const hold = (held: { student: string; invoice?: string }) => show({ tab, ...held });
  return (
    <Page>
      <PageHead
        title={t("title")}
        sub={t("sub")}
        actions={
          <Button variant="quiet" onPress={() => goTo("/settings?tab=reminders")}>
            {t("schedule")}
          </Button>
        }
      />
      {plan.error && <Note tone="danger" title={faultText(plan.error.fault)} />}
      <FollowUps rows={plan.data?.follow_ups ?? []} />
      <Tabs<RemindersTab>
        label={t("views")}
        value={tab}
        onChange={(next) => show({ tab: next })}
        tabs={[
          { id: "due", name: t("tab_due"), count: plan.data?.messages.length },
          { id: "left_out", name: t("tab_left_out"), count: plan.data?.left_out.length },
          { id: "made", name: t("tab_made"), count: unsent, isAlarming: unsent !== undefined },
        ]}
      >
        {tab === "made" ? (
          <MadePart rows={made} />
        ) : !plan.data ? (
          <SkeletonLines count={8} />
        ) : tab === "due" ? (
          <DuePart key={only} plan={plan.data} only={only} onHold={hold} />
        ) : (
          <LeftOutPart rows={plan.data.left_out} onHold={hold} />
        )}
      </Tabs>
      {student && (
        <HoldDialog studentId={student} invoiceId={invoice} onClose={() => show({ tab })} />
      )}
    </Page>
  );
}
