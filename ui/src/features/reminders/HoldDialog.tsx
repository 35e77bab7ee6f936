import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useDesk } from "~/ipc/desk";
import { fieldFaults } from "~/ipc/fieldFaults";
import type { HoldView } from "~/ipc/gen/HoldView";
import {
  Button,
  DateField,
  Day,
  FormDialog,
  RadioGroup,
  Select,
  TextField,
  toast,
} from "~/ui/primitives";
import { useHolds, useOpenInvoices, useSetHold, useStudentName } from "./api";

type Kind = "paused" | "disputed" | "promised";
const KINDS: readonly Kind[] = ["paused", "promised", "disputed"];
const ALL = "all";

interface HoldDialogProps {
  studentId: string;
  invoiceId: string | undefined;
  onClose: () => void;
}

/** What is typed, and sending it: the same hold set twice is one. */
function useHolding({ studentId, invoiceId, onClose }: HoldDialogProps) {
  const { t } = useTranslation("reminders");
  const [what, setWhat] = useState<string>(invoiceId ?? ALL);
  const [kind, setKind] = useState<Kind>("paused");
  const [until, setUntil] = useState<string | null>(null);
  const [note, setNote] = useState("");
  const set = useSetHold();
  const held = what === ALL ? "student" : "invoice";
  const held_id = what === ALL ? studentId : what;
  const submit = () =>
    set.mutate(
      { held, held_id, kind, until, note, active: true },
      {
        onSuccess: () => {
          toast({ text: t("held") });
          onClose();
        },
      },
    );
  const release = (hold: HoldView) =>
    set.mutate(
      { ...hold, note: hold.note, active: false },
      { onSuccess: () => toast({ text: t("released") }) },
    );
  return { what, setWhat, kind, setKind, until, setUntil, note, setNote, submit, release, set };
}

/** Holds reminders of a student or of one invoice back, and shows what is held already. */
export function HoldDialog(props: HoldDialogProps) {
  const { studentId, onClose } = props;
  const { t } = useTranslation("reminders");
  const { today } = useDesk();
  const name = useStudentName(studentId);
  const invoices = useOpenInvoices(studentId) ?? [];
  const holding = useHolding(props);
  const faults = fieldFaults(holding.set.error, ["held", "until", "note"]);
  return (
    <FormDialog
      title={name ? t("hold_of", { name }) : t("hold")}
      verb={t("hold")}
      onClose={onClose}
      onSubmit={holding.submit}
      isBusy={holding.set.isPending}
      trouble={faults.elsewhere}
    >
      <HeldAlready studentId={studentId} onRelease={holding.release} />
      <Select
        label={t("hold_what")}
        name="held"
        value={holding.what}
        onChange={holding.setWhat}
        error={faults.at.held}
        options={[
          { id: ALL, name: t("hold_all") },
          ...invoices.map((row) => ({ id: row.id, name: row.label })),
        ]}
      />
      <RadioGroup<Kind>
        label={t("hold_why")}
        value={holding.kind}
        onChange={holding.setKind}
        options={KINDS.map((id) => ({ id, name: t(`kind_${id}`), detail: t(`kind_${id}_about`) }))}
      />
      <DateField
        label={t("hold_until")}
        name="until"
        value={holding.until}
        onChange={holding.setUntil}
        min={today}
        today={today}
        error={faults.at.until}
        isRequired={holding.kind === "promised"}
        hint={holding.kind === "promised" ? undefined : t("hold_until_hint")}
      />
      <TextField
        label={t("note")}
        name="note"
        value={holding.note}
        onChange={holding.setNote}
        error={faults.at.note}
      />
    </FormDialog>
  );
}

interface HeldAlreadyProps {
  studentId: string;
  onRelease: (hold: HoldView) => void;
}

function HeldAlready({ studentId, onRelease }: HeldAlreadyProps) {
  const { t } = useTranslation("reminders");
  const holds = useHolds(studentId).data?.holds ?? [];
  return (
    <>
      {holds.map((hold) => (
        <div className="row" key={`${hold.held_id} ${hold.kind}`}>
          <span className="grow">
            {t(`kind_${hold.kind}` as "kind_paused")}
            {": "}
            <span className="num">{hold.number || t("hold_all")}</span>
            {hold.until && (
              <span className="t2">
                {" "}
                {t("until_day")} <Day of={hold.until} />
              </span>
            )}
            {hold.note && <span className="t2"> – {hold.note}</span>}
          </span>
          <Button size="small" onPress={() => onRelease(hold)}>
            {t("release")}
          </Button>
        </div>
      ))}
    </>
  );
}
