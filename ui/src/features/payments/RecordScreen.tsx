import { Link, useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useCommands } from "~/commands/registry";
import { formatAmount } from "~/domain/money";
import { placeOf } from "~/domain/places";
import { useDesk } from "~/ipc/desk";
import { faultOf, faultText } from "~/ipc/errors";
import { fieldFaults } from "~/ipc/fieldFaults";
import {
  ActionBar,
  Button,
  type ComboOption,
  Note,
  Page,
  PageHead,
  Split,
  toast,
} from "~/ui/primitives";
import { useRecord, useStudentName } from "./api";
import { Changes } from "./Changes";
import { EMPTY, FIELDS, type PaymentDraft, requestOf } from "./draft";
import { PaymentFields } from "./PaymentFields";
import s from "./Payments.module.css";
import { RecordSums } from "./RecordSums";
import { Remainder } from "./Remainder";
import { newPaymentRoute } from "./routes";
import { SharePart } from "./SharePart";
import { shownParams } from "./shares";
import { TwinNote } from "./TwinNote";
import { useRecording } from "./useRecording";

/** Money received: whose, how much, and what it settles. */
export function RecordScreen() {
  const { t } = useTranslation("payments");
  const navigate = useNavigate();
  const { today, currency } = useDesk();
  const { student: studentId, invoice } = newPaymentRoute.useSearch();
  // Made when the page opens: pressing twice records once.
  const [id, setId] = useState(() => crypto.randomUUID());
  const [draft, setDraft] = useState<PaymentDraft>(() => ({ ...EMPTY, received_on: today }));
  const change = (next: Partial<PaymentDraft>) => setDraft((before) => ({ ...before, ...next }));
  const payer = usePayer(studentId);
  const recording = useRecording({
    student: payer.student?.id ?? null,
    amount: draft.amount,
    invoice: invoice ?? null,
    currency,
  });
  const record = useRecord();
  const refused = fieldFaults(record.error, FIELDS);
  const blocked = whyNot(draft, payer.student, recording.problem);
  const reason = blocked && (blocked === "problem" ? recording.problem : t(`need_${blocked}`));
  const money = draft.amount === null ? null : { amount: draft.amount, currency };

  function submit() {
    if (blocked || recording.isStale || record.isPending || !payer.student) return;
    record.mutate(requestOf(id, payer.student.id, draft, recording.shares), {
      onSuccess: (payment) => {
        toast({
          text: t("recorded", { amount: formatAmount(payment.amount), name: payment.student }),
          action: {
            label: t("another"),
            onPress: () => void navigate({ to: "/payments/new", search: {} }),
          },
        });
        setId(crypto.randomUUID());
        void navigate({ to: placeOf("payment", payment.id) });
      },
    });
  }
  useCommands([
    {
      id: "payment.record",
      title: () => t("record"),
      group: "screen",
      keys: "mod+enter",
      run: submit,
    },
    {
      id: "payment.oldest",
      title: () => t("oldest_first"),
      group: "screen",
      keys: "o",
      run: recording.oldestFirst,
    },
    {
      id: "payment.clear",
      title: () => t("clear"),
      group: "screen",
      keys: "x",
      run: recording.clear,
    },
  ]);

  return (
    <Split>
      <Page>
        <PageHead crumb={<Link to="/payments">{t("title")}</Link>} title={t("record")} />
        <PaymentFields
          draft={draft}
          student={payer.student}
          today={today}
          currency={currency}
          errorAt={(field) => refused.at[field]}
          onStudent={payer.choose}
          onChange={change}
        />
        <div className={s.work}>
          {record.error && (
            <div className={s.inset}>
              <Note tone="danger" title={refusalText(record.error, currency)}>
                {t("nothing_recorded")}
              </Note>
            </div>
          )}
          <TwinNote student={payer.student?.id ?? null} draft={draft} currency={currency} />
          <SharePart recording={recording} currency={currency} student={payer.student} />
        </div>
        <Remainder recording={recording} amount={money} name={payer.student?.name ?? ""} />
        <ActionBar
          actions={
            <>
              <Button size="form" onPress={() => history.back()}>
                {t("cancel")}
              </Button>
              <Button
                size="form"
                variant="primary"
                keys="mod+enter"
                isBusy={record.isPending}
                disabledReason={reason}
                onPress={submit}
              >
                {money ? t("record_amount", { amount: formatAmount(money) }) : t("record")}
              </Button>
            </>
          }
        >
          <RecordSums recording={recording} amount={money} />
        </ActionBar>
      </Page>
      <Changes recording={recording} draft={draft} onChange={change} amount={money} />
    </Split>
  );
}

/** The payer, who may come with the address: by a student's page or by an invoice. */
function usePayer(studentId: string | undefined) {
  const named = useStudentName(studentId).data;
  const [student, choose] = useState<ComboOption | null>(null);
  useEffect(() => {
    if (named) choose({ id: named.id, name: named.person.name, code: named.number });
  }, [named]);
  return { student, choose };
}

type Blocked = "student" | "amount" | "date" | "method" | "problem";

function whyNot(
  draft: PaymentDraft,
  student: ComboOption | null,
  problem: string | undefined,
): Blocked | undefined {
  if (!student) return "student";
  if (draft.amount === null) return "amount";
  if (draft.received_on === null) return "date";
  if (draft.method === null) return "method";
  return problem ? "problem" : undefined;
}

function refusalText(error: unknown, currency: string): string {
  const fault = faultOf(error);
  return faultText({ ...fault, params: shownParams(fault.params, currency) });
}
