import { Link } from "@tanstack/react-router";
import { Mail } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { placeOf } from "~/domain/places";
import { faultOf, faultText } from "~/ipc/errors";
import type { InvoiceMail } from "~/ipc/gen/InvoiceMail";
import type { RunDetail } from "~/ipc/gen/RunDetail";
import { Button, FormDialog, Note, RadioGroup, Table, toast } from "~/ui/primitives";
import { useEmailRun, useSettleInvoiceMail } from "./api";

const failed = (thrown: unknown) => toast({ tone: "danger", text: faultText(faultOf(thrown)) });

/** Queues the run's invoices as e-mails; those that are queued or sent stay as they are. */
export function EmailButton({ detail }: { detail: RunDetail }) {
  const { t } = useTranslation("charges");
  const queue = useEmailRun();
  const { mails, run } = detail;
  if (run.issued === 0) return null;
  const reason = !mails.is_ready
    ? t("mail_not_set_up")
    : mails.to_queue === 0
      ? t("mail_nothing_left")
      : undefined;
  const press = () =>
    queue.mutate(
      { id: run.id },
      {
        onSuccess: () => toast({ text: t("mail_queued", { count: mails.to_queue }) }),
        onError: failed,
      },
    );
  return (
    <Button icon={Mail} isBusy={queue.isPending} disabledReason={reason} onPress={press}>
      {t("mail_queue", { count: mails.to_queue })}
    </Button>
  );
}

/** How the run's e-mails stand, in one line. */
export function useMailsText({ mails }: RunDetail): string {
  const { t } = useTranslation("charges");
  const parts = [
    t("mail_sent", { count: mails.sent }),
    mails.waiting > 0 && t("mail_waiting", { count: mails.waiting }),
    mails.unsettled > 0 && t("mail_unsettled", { count: mails.unsettled }),
    mails.without_address > 0 && t("mail_without_address", { count: mails.without_address }),
  ];
  return parts.filter(Boolean).join(" · ");
}

/** The e-mails that need a person. */
export function UnsettledMails({ detail }: { detail: RunDetail }) {
  const { t } = useTranslation("charges");
  const [open, setOpen] = useState<InvoiceMail | null>(null);
  const { rows } = detail.mails;
  if (rows.length === 0) return null;
  return (
    <>
      <Table
        label={t("mail_for_you")}
        look="page"
        rows={rows}
        rowId={(row) => row.invoice_id}
        columns={[
          {
            id: "number",
            header: t("invoice"),
            width: "108px",
            cell: (row) => (
              <Link to={placeOf("invoice", row.invoice_id)} className="num">
                {row.number}
              </Link>
            ),
          },
          { id: "name", header: t("mail_to"), cell: (row) => row.name },
          { id: "email", header: t("mail_address"), cell: (row) => row.email },
          {
            id: "state",
            header: t("mail_for_you"),
            cell: (row) => t(`mail_is_${row.state}` as "mail_is_refused"),
          },
          {
            id: "do",
            header: "",
            align: "end",
            width: "120px",
            cell: (row) =>
              row.state === "stale" ? null : (
                <Button variant="quiet" onPress={() => setOpen(row)}>
                  {t("mail_settle")}
                </Button>
              ),
          },
        ]}
      />
      {open && <SettleMailDialog mail={open} runId={detail.run.id} onClose={() => setOpen(null)} />}
    </>
  );
}

type Outcome = "again" | "arrived";

interface SettleMailProps {
  mail: InvoiceMail;
  runId: string;
  onClose: () => void;
}

function SettleMailDialog({ mail, runId, onClose }: SettleMailProps) {
  const { t } = useTranslation("charges");
  const isLost = mail.state === "unknown";
  const [outcome, setOutcome] = useState<Outcome>(isLost ? "arrived" : "again");
  const settle = useSettleInvoiceMail();
  const submit = () =>
    settle.mutate(
      { run_id: runId, invoice_id: mail.invoice_id, outcome },
      {
        onSuccess: () => {
          toast({ text: t(`mail_did_${outcome}`) });
          onClose();
        },
      },
    );
  return (
    <FormDialog
      title={`${mail.number} – ${mail.name}`}
      verb={t(`mail_do_${outcome}`)}
      onClose={onClose}
      onSubmit={submit}
      isBusy={settle.isPending}
      trouble={settle.error ? faultText(settle.error.fault) : undefined}
    >
      <Note tone="info" title={t(`mail_is_${mail.state}` as "mail_is_refused")}>
        {t(isLost ? "mail_about_unknown" : "mail_about_refused", { email: mail.email })}
        {mail.said && <span className="t3"> {mail.said}</span>}
      </Note>
      {isLost && (
        <RadioGroup<Outcome>
          label={t("mail_what_now")}
          value={outcome}
          onChange={setOutcome}
          options={[
            { id: "arrived", name: t("mail_do_arrived") },
            { id: "again", name: t("mail_do_again") },
          ]}
        />
      )}
    </FormDialog>
  );
}
