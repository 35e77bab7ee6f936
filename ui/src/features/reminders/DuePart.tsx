import { BellRing } from "lucide-react";
import { type ReactNode, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { faultText } from "~/ipc/errors";
import type { ReminderMessage } from "~/ipc/gen/ReminderMessage";
import type { ReminderPlanView } from "~/ipc/gen/ReminderPlanView";
import { ALL_SELECTED, DataGrid, type GridSelection, useLocalRows } from "~/ui/grid";
import { ActionBar, Button, EmptyState, Note, Segmented, toast } from "~/ui/primitives";
import { openLetters, useSend } from "./api";
import { dueColumns } from "./columns";
import { MessageDialog } from "./MessageDialog";
import { chosenOf, firstChosen, messageId, type Wish } from "./plan";

interface DuePartProps {
  plan: ReminderPlanView;
  /** Students whose messages alone are chosen at first. */
  only?: string;
  /** Stands where nothing is left of a narrowed list. */
  noMatch: ReactNode;
  onHold: (held: { student: string; invoice?: string }) => void;
}

/** Makes the chosen messages; the id holds until they are made, so that pressing twice is once. */
function useMaking(plan: ReminderPlanView, only: string | undefined) {
  const { t } = useTranslation("reminders");
  const [id, setId] = useState(() => crypto.randomUUID());
  const [wished, setWished] = useState<Wish>("set");
  const [selection, setSelection] = useState<GridSelection>(() => firstChosen(plan.messages, only));
  const send = useSend();
  const messages = chosenOf(plan.messages, selection, wished);
  const count = (channel: string) =>
    messages.filter((message) => message.channel === channel).length;
  const counts = { letters: count("letter"), emails: count("email"), texts: count("sms") };
  const make = () =>
    send.mutate(
      { id, messages },
      {
        onSuccess: (sent) => {
          setId(crypto.randomUUID());
          setSelection(ALL_SELECTED);
          const { no_longer_due } = sent;
          toast({
            text: t(plan.sms_ready ? "made_all" : "made", {
              letters: sent.letter_ids.length,
              emails: sent.emails,
              texts: sent.texts,
            }),
            tone: no_longer_due > 0 ? "info" : "success",
          });
          if (sent.letter_ids.length > 0) void openLetters({ ids: sent.letter_ids });
        },
      },
    );
  return { wished, setWished, selection, setSelection, messages, counts, make, send };
}

/** The dry run: nothing leaves before it is confirmed here. */
export function DuePart({ plan, only, noMatch, onHold }: DuePartProps) {
  const { t } = useTranslation("reminders");
  const making = useMaking(plan, only);
  const { wished, messages, counts, send } = making;
  const [openId, setOpenId] = useState<string | null>(null);
  const rows = useLocalRows(plan.messages);
  const columns = useMemo(() => dueColumns(t, wished), [t, wished]);
  const open = plan.messages.find((message) => messageId(message) === openId);
  const show = (row: ReminderMessage) => setOpenId(messageId(row));
  const noMail = wished === "email" && !plan.mail_ready;
  return (
    <>
      {send.error && <Note tone="danger" title={faultText(send.error.fault)} />}
      <DataGrid
        label={t("tab_due")}
        columns={columns}
        rows={rows}
        rowId={messageId}
        selection={making.selection}
        onSelect={making.setSelection}
        onPeek={show}
        onOpen={show}
        empty={
          noMatch || (
            <EmptyState kind="all_done" title={t("nobody")}>
              {t("nobody_body")}
            </EmptyState>
          )
        }
      />
      {plan.messages.length > 0 && (
        <ActionBar
          actions={
            <>
              <Ways plan={plan} value={wished} onChange={making.setWished} />
              <Button
                size="form"
                variant="primary"
                icon={BellRing}
                isBusy={send.isPending}
                disabledReason={
                  messages.length === 0 ? t("none_chosen") : noMail ? t("no_mail") : undefined
                }
                onPress={making.make}
              >
                {t("make", { count: messages.length })}
              </Button>
            </>
          }
        >
          <span className="t2">
            {noMail ? t("no_mail") : t(plan.sms_ready ? "summary_all" : "summary", counts)}
          </span>
        </ActionBar>
      )}
      {open && <MessageDialog message={open} onClose={() => setOpenId(null)} onHold={onHold} />}
    </>
  );
}

interface WaysProps {
  plan: ReminderPlanView;
  value: Wish;
  onChange: (wish: Wish) => void;
}

/** How the chosen messages go, whatever the schedule says. */
function Ways({ plan, value, onChange }: WaysProps) {
  const { t } = useTranslation("reminders");
  return (
    <Segmented<Wish>
      label={t("way")}
      value={value}
      onChange={onChange}
      options={[
        { id: "set", name: t("way_set") },
        { id: "email", name: t("way_email") },
        ...(plan.sms_ready ? [{ id: "sms" as const, name: t("way_sms") }] : []),
        { id: "letter", name: t("way_letter") },
      ]}
    />
  );
}
