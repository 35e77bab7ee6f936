import { useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useAddressChange } from "~/app/useAddressChange";
import { goTo } from "~/domain/places";
import { faultText } from "~/ipc/errors";
import { Button, EmptyState, Note, Page, PageHead, SkeletonLines, Tabs } from "~/ui/primitives";
import { useMade, usePlan, useUnsent } from "./api";
import { DuePart } from "./DuePart";
import { FollowUps } from "./FollowUps";
import { HoldDialog } from "./HoldDialog";
import { LeftOutPart } from "./LeftOutPart";
import { MadePart } from "./MadePart";
import { narrowed } from "./narrowed";
import { ReminderBar } from "./ReminderBar";
import { type RemindersSearch, type RemindersTab, remindersRoute } from "./routes";

/** Who would be reminded today, who would not and why, and what was made. */
export function RemindersScreen() {
  const { t } = useTranslation("reminders");
  const navigate = useNavigate();
  const search = remindersRoute.useSearch();
  const { tab = "due", student, invoice, only, ...filter } = search;
  const plan = usePlan();
  const unsent = useUnsent();
  const made = useMade(search);
  const show = (next: RemindersSearch) =>
    void navigate({ to: "/reminders", search: next, replace: true });
  const narrow = useAddressChange<RemindersSearch>();
  const hold = (held: { student: string; invoice?: string }) => show({ ...filter, tab, ...held });
  const shown = useMemo(() => plan.data && narrowed(plan.data, search), [plan.data, search]);
  const clear = () => show({ tab });
  const isNarrowed = Object.values(filter).some((value) => value !== undefined);
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
        onChange={(next) => show({ tab: next, of: filter.of })}
        tabs={[
          { id: "due", name: t("tab_due"), count: plan.data?.messages.length },
          { id: "left_out", name: t("tab_left_out"), count: plan.data?.left_out.length },
          { id: "made", name: t("tab_made"), count: unsent, isAlarming: unsent !== undefined },
        ]}
      >
        <ReminderBar tab={tab} search={search} onNarrow={narrow} onShow={show} />
        {tab === "made" ? (
          <MadePart rows={made} noMatch={isNarrowed && <NoMatch onClear={clear} />} />
        ) : !shown ? (
          <SkeletonLines count={8} />
        ) : tab === "due" ? (
          <DuePart
            key={`${only} ${filter.of} ${filter.level}`}
            plan={shown}
            only={only}
            noMatch={isNarrowed && <NoMatch onClear={clear} />}
            onHold={hold}
          />
        ) : (
          <LeftOutPart
            rows={shown.left_out}
            noMatch={isNarrowed && <NoMatch onClear={clear} />}
            onHold={hold}
          />
        )}
      </Tabs>
      {student && (
        <HoldDialog
          studentId={student}
          invoiceId={invoice}
          onClose={() => show({ ...filter, tab })}
        />
      )}
    </Page>
  );
}

function NoMatch({ onClear }: { onClear: () => void }) {
  const { t } = useTranslation(["reminders", "common"]);
  return (
    <EmptyState
      kind="no_match"
      title={t("no_match")}
      action={<Button onPress={onClear}>{t("common:clear_filters")}</Button>}
    />
  );
}
