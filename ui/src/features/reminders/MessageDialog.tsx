import { FileText, PauseCircle } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { ReminderMessage } from "~/ipc/gen/ReminderMessage";
import { Amount, Button, Day, Dialog, DueHint, Note, Table } from "~/ui/primitives";
import { openLetters, useSmsLook } from "./api";
import { useLevelName } from "./levels";

interface MessageDialogProps {
  message: ReminderMessage;
  onClose: () => void;
  onHold: (held: { student: string; invoice?: string }) => void;
}

/** One planned message: its invoices, its letter, and the way to hold it back. */
export function MessageDialog({ message, onClose, onHold }: MessageDialogProps) {
  const { t } = useTranslation("reminders");
  const levelName = useLevelName();
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={`${levelName(message.level)} – ${message.student}`}
      width="wide"
      actions={
        <>
          <Button
            size="form"
            icon={PauseCircle}
            onPress={() => onHold({ student: message.student_id })}
          >
            {t("hold")}
          </Button>
          <Button
            size="form"
            variant="primary"
            icon={FileText}
            onPress={() => void openLetters({ planned: message })}
          >
            {t("look")}
          </Button>
        </>
      }
    >
      <p className="t2">
        {t("deadline")} <Day of={message.deadline} />
        {message.fee && (
          <>
            {" · "}
            {t("fee_of")} <Amount of={message.fee} />
          </>
        )}
        {message.interest && (
          <>
            {" · "}
            {t("interest")} <Amount of={message.interest} />
          </>
        )}
        {" · "}
        {t("to_pay")} <Amount of={message.to_pay} look="main" />
      </p>
      {message.ways.includes("sms") && <SmsText message={message} />}
      <Table
        label={t("invoices")}
        rows={message.invoices}
        rowId={(invoice) => `${invoice.invoice_id} ${invoice.instalment}`}
        columns={[
          {
            id: "number",
            header: t("invoice"),
            cell: (invoice) => (
              <>
                <span className="num">{invoice.number}</span>
                {invoice.instalment > 0 && (
                  <span className="t2">
                    {" "}
                    {t("instalment_of", {
                      place: invoice.instalment,
                      count: invoice.instalments,
                    })}
                  </span>
                )}
              </>
            ),
          },
          {
            id: "due",
            header: t("due"),
            cell: (invoice) => (
              <>
                <Day of={invoice.due_date} /> <DueHint overdueDays={invoice.days_overdue} />
              </>
            ),
          },
          {
            id: "open",
            header: t("open"),
            align: "end",
            cell: (invoice) => <Amount of={invoice.open} />,
          },
        ]}
      />
    </Dialog>
  );
}

/** What it says as a text message, and how many it is sent as. */
function SmsText({ message }: { message: ReminderMessage }) {
  const { t } = useTranslation("reminders");
  const look = useSmsLook(message);
  if (!look) return null;
  const takes = t("sms_segments", { count: look.segments });
  const units = t(look.is_unicode ? "sms_unicode" : "sms_plain", { units: look.units });
  return (
    <Note tone="info" title={t("sms_text", { phone: message.phone })}>
      {look.text}
      <br />
      <span className="t3">
        {takes} · {units}
      </span>
    </Note>
  );
}
