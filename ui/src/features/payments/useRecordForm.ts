import { useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { placeOf } from "~/domain/places";
import { useDesk } from "~/ipc/desk";
import { fieldFaults } from "~/ipc/fieldFaults";
import type { PaymentView } from "~/ipc/gen/PaymentView";
import { useAmountText } from "~/ui/exchange/words";
import { type ComboOption, toast } from "~/ui/primitives";
import { useRecord, useStudentName } from "./api";
import { EMPTY, FIELDS, type PaymentDraft, requestOf } from "./draft";
import { newPaymentRoute } from "./routes";
import { type Recording, useRecording } from "./useRecording";
import { useReference } from "./useReference";

/** The payer, who may come with the address: by a student's page or by an invoice. */
function usePayer(studentId: string | undefined) {
  const named = useStudentName(studentId).data;
  const [student, choose] = useState<ComboOption | null>(null);
  useEffect(() => {
    if (named) choose({ id: named.id, name: named.person.name, code: named.number });
  }, [named]);
  return { student, choose, isNamed: studentId !== undefined };
}

/** What must be there before a payment can be recorded, in the order of the fields. */
function firstNeed(draft: PaymentDraft, student: ComboOption | null) {
  if (!student) return "student";
  if (draft.amount === null) return "amount";
  if (draft.received_on === null) return "date";
  return draft.method === null ? "method" : undefined;
}

/** Pressed a moment before the shares are known, it is sent as soon as they are. */
function useSending(
  { isStale, isBroken }: Pick<Recording, "isStale" | "isBroken">,
  send: (isAnother: boolean) => void,
) {
  const [waiting, setWaiting] = useState<{ isAnother: boolean } | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only that the shares are known sends it
  useEffect(() => {
    if (waiting === null || (isStale && !isBroken)) return;
    setWaiting(null);
    if (!isBroken) send(waiting.isAnother);
  }, [waiting, isStale, isBroken]);
  return {
    isWaiting: waiting !== null,
    forget: () => setWaiting(null),
    send: (isAnother: boolean) => (isStale ? setWaiting({ isAnother }) : send(isAnother)),
  };
}

/** What was typed. Another student owes in other currencies. */
function useDraft(today: string, student: string | undefined) {
  const kept = useState<PaymentDraft>(() => ({ ...EMPTY, received_on: today }));
  const [, setDraft] = kept;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new student starts anew
  useEffect(
    () => setDraft((before) => ({ ...before, currency: null, base_amount: null, rate: null })),
    [student],
  );
  return kept;
}

/** Only what is still offered is let go: another amount offers others. */
function useRests({ checked }: Recording) {
  const [chosen, letGo] = useState<readonly string[]>([]);
  const rests = checked?.small_rests ?? [];
  const writeOff = chosen.filter((id) => rests.some((rest) => rest.invoice_id === id));
  return { rests, writeOff, letGo };
}

/** What the way to pay costs on top, and whether it is taken. */
function useSurcharge({ amount, pending }: PaymentDraft, { checked }: Recording) {
  const [takesSurcharge, takeSurcharge] = useState(true);
  const surcharge = (amount !== null && checked?.surcharge) || null;
  return {
    surcharge,
    takesSurcharge,
    takeSurcharge,
    taken: takesSurcharge && !pending ? surcharge : null,
  };
}

/** A payment from an empty form to the book. */
export function useRecordForm() {
  const { t } = useTranslation("payments");
  const { today } = useDesk();
  const { student: studentId, invoice } = newPaymentRoute.useSearch();
  // Made when the page opens: pressing twice records once.
  const [id, setId] = useState(() => crypto.randomUUID());
  const payer = usePayer(studentId);
  const [draft, setDraft] = useDraft(today, payer.student?.id);
  function change(next: Partial<PaymentDraft>) {
    // What was pressed was meant for what stood there then.
    sending.forget();
    setDraft((before) => ({ ...before, ...next }));
  }
  const reference = useReference({
    reference: draft.reference,
    student: payer.student,
    onStudent: payer.choose,
    onReference: (text) => change({ reference: text }),
  });
  const recording = useRecording({
    student: payer.student?.id ?? null,
    amount: draft.amount,
    method: draft.method,
    invoice: invoice ?? null,
    referred: reference.open.map(({ invoice_id }) => invoice_id),
    currency: draft.currency,
    base_amount: draft.base_amount,
    rate: draft.rate,
    on: draft.received_on,
  });
  const { currency, worth } = recording;
  const rests = useRests(recording);
  const { taken, ...surcharge } = useSurcharge(draft, recording);
  const record = useRecord();
  const recorded = useRecorded();
  const refused = fieldFaults(record.error, FIELDS);
  const need = firstNeed(draft, payer.student);
  /** Why it cannot be recorded yet. */
  const ofShares = recording.isStale || draft.pending ? undefined : recording.problem;
  const reason = need ? t(`need_${need}`) : ofShares;

  const money = draft.amount === null ? null : { amount: draft.amount, currency };
  const shown = draft.pending ? { isStale: false, isBroken: false } : recording;
  const sending = useSending(shown, (isAnother) => {
    if (reason !== undefined || record.isPending || !payer.student) return;
    const { writeOff } = rests;
    const said = { isAnother, writeOff, surcharge: taken?.gross.amount ?? null, worth };
    record.mutate(requestOf(id, payer.student.id, draft, recording.shares, said), {
      onSuccess: (payment) => {
        setId(crypto.randomUUID());
        recorded(payment);
      },
    });
  });
  return {
    draft,
    change,
    reference,
    currency,
    money,
    /** What is recorded, with what the way to pay costs on top. */
    total: taken?.total ?? money,
    ...surcharge,
    payer,
    recording,
    reason,
    errorAt: (field: string) => refused.at[field],
    error: record.error,
    isBusy: record.isPending || sending.isWaiting,
    ...rests,
    submit: () => sending.send(false),
    /** A person has seen the payment that looks the same. */
    submitAnother: () => sending.send(true),
  };
}

export type RecordForm = ReturnType<typeof useRecordForm>;

/** Afterwards the payment is shown, and the next one is offered. */
function useRecorded() {
  const { t } = useTranslation("payments");
  const navigate = useNavigate();
  const amountText = useAmountText();
  return (payment: PaymentView) => {
    toast({
      text: t("recorded", { amount: amountText(payment.amount), name: payment.student }),
      action: {
        label: t("another"),
        onPress: () => void navigate({ to: "/payments/new", search: {} }),
      },
    });
    void navigate({ to: placeOf("payment", payment.id) });
  };
}
