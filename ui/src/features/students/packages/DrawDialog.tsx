import { useState } from "react";
import { useTranslation } from "react-i18next";
import { lessonsText } from "~/domain/lessons";
import { formatAmount } from "~/domain/money";
import { useDesk } from "~/ipc/desk";
import { fieldFaults } from "~/ipc/fieldFaults";
import type { EntitlementView } from "~/ipc/gen/EntitlementView";
import {
  DateField,
  FormDialog,
  MoneyField,
  NumberField,
  Select,
  TextField,
  toast,
} from "~/ui/primitives";
import { useDraw, useOffered } from "./api";
import s from "./Packages.module.css";

const FIELDS = ["service_id", "quantity", "amount", "on", "booking", "note"] as const;

/** What can be taken: the services a package holds, or those an amount pays for. */
function useChoices(of: EntitlementView) {
  const { t } = useTranslation("packages");
  const offered = useOffered();
  if (of.amount_total === null)
    return of.items.map((item) => ({
      id: item.service_id,
      name: item.service,
      meta: t("left_of", { left: lessonsText(item.left), total: lessonsText(item.total) }),
    }));
  const pays = offered.filter(
    (row) => row.tax_code === of.tax_code && row.kind !== "package" && row.kind !== "pass_through",
  );
  return pays.map((row) => ({ id: row.id, name: `${row.code} ${row.name}` }));
}

interface Draft {
  service_id: string | null;
  quantity: string | null;
  amount: string | null;
  on: string | null;
  booking: string;
  note: string;
}

/** What is typed, and sending it: pressing twice draws once. */
function useDrawing(of: EntitlementView, onClose: () => void) {
  const { t } = useTranslation("packages");
  const { today } = useDesk();
  const [id] = useState(() => crypto.randomUUID());
  const choices = useChoices(of);
  const [typed, setTyped] = useState<Partial<Draft>>({});
  const first = of.items.find((item) => item.left !== "0")?.service_id ?? choices[0]?.id ?? null;
  const draft: Draft = {
    service_id: first,
    quantity: "1",
    amount: null,
    on: today,
    booking: "",
    note: "",
    ...typed,
  };
  const draw = useDraw();
  const isMoney = of.amount_total !== null;
  const missing = isMoney ? draft.amount === null : draft.quantity === null;
  const submit = () =>
    draw.mutate(
      {
        id,
        entitlement_id: of.id,
        service_id: draft.service_id ?? "",
        quantity: isMoney ? "" : (draft.quantity ?? ""),
        amount: isMoney ? (draft.amount ?? "") : "",
        on: draft.on ?? "",
        booking: draft.booking,
        note: draft.note,
      },
      {
        onSuccess: () => {
          toast({ text: t("drawn", { name: of.name }) });
          onClose();
        },
      },
    );
  const change = (next: Partial<Draft>) => setTyped((before) => ({ ...before, ...next }));
  const need = missing ? t(isMoney ? "need_amount" : "need_quantity") : undefined;
  return { draft, change, choices, draw, submit, need, today };
}

/** Takes something out of a package by hand. */
export function DrawDialog({ of, onClose }: { of: EntitlementView; onClose: () => void }) {
  const { t } = useTranslation("packages");
  const { draft, change, choices, draw, submit, need, today } = useDrawing(of, onClose);
  const refused = fieldFaults(draw.error, FIELDS);
  return (
    <FormDialog
      title={t("draw_title", { name: of.name })}
      verb={t("draw")}
      width="narrow"
      onClose={onClose}
      onSubmit={submit}
      isBusy={draw.isPending}
      disabledReason={need}
      trouble={refused.elsewhere}
    >
      <Select
        label={t("service")}
        name="service_id"
        isRequired
        options={choices}
        value={draft.service_id}
        onChange={(service_id) => change({ service_id })}
        error={refused.at.service_id}
      />
      <div className={s.pair}>
        <HowMuch of={of} draft={draft} at={refused.at} onChange={change} />
        <DateField
          label={t("on")}
          name="on"
          isRequired
          today={today}
          max={today}
          value={draft.on}
          onChange={(on) => change({ on })}
          error={refused.at.on}
        />
      </div>
      <TextField
        label={t("booking")}
        name="booking"
        maxLength={120}
        value={draft.booking}
        onChange={(booking) => change({ booking })}
        hint={t("booking_hint")}
        error={refused.at.booking}
      />
      <TextField
        label={t("note")}
        name="note"
        maxLength={200}
        value={draft.note}
        onChange={(note) => change({ note })}
        error={refused.at.note}
      />
    </FormDialog>
  );
}

interface HowMuchProps {
  of: EntitlementView;
  draft: Draft;
  at: Record<string, string>;
  onChange: (next: Partial<Draft>) => void;
}

/** Lessons or money, whichever the package holds. */
function HowMuch({ of, draft, at, onChange }: HowMuchProps) {
  const { t } = useTranslation("packages");
  if (of.amount_total !== null)
    return (
      <MoneyField
        label={t("amount")}
        name="amount"
        isRequired
        autoFocus
        currency={of.worth.currency}
        value={draft.amount}
        onChange={(amount) => onChange({ amount })}
        hint={of.amount_left ? t("left_now", { left: formatAmount(of.amount_left) }) : undefined}
        error={at.amount}
      />
    );
  return (
    <NumberField
      label={t("lessons")}
      name="quantity"
      isRequired
      autoFocus
      decimals={2}
      value={draft.quantity}
      onChange={(quantity) => onChange({ quantity })}
      hint={t("left_now", { left: lessonsText(of.lessons_left) })}
      error={at.quantity}
    />
  );
}
