import { useTranslation } from "react-i18next";
import { formatDate } from "~/domain/dates";
import { faultOf, faultText } from "~/ipc/errors";
import type { RecurringDue } from "~/ipc/gen/RecurringDue";
import type { RecurringMade } from "~/ipc/gen/RecurringMade";
import type { RecurringRow } from "~/ipc/gen/RecurringRow";
import { usePreferences } from "~/ui/preferences";
import { Button, ConfirmDialog, Dialog, Note, toast } from "~/ui/primitives";
import { useMake, useSetState } from "./api";
import { DueTable, MadeTable } from "./Made";

/** What would be made now, looked at before it is. */
export function MakeDialog({
  due,
  onClose,
}: {
  due: readonly RecurringDue[];
  onClose: () => void;
}) {
  const { t } = useTranslation("recurring");
  const make = useMake();
  const invoices = due.reduce((sum, row) => sum + row.invoices, 0);
  const missed = due.filter((row) => row.missed).length;
  const told = () =>
    make.mutate(
      {},
      {
        onSuccess: ({ issued, drafts, kept_back }) => {
          toast({
            tone: kept_back > 0 ? "danger" : "success",
            text: [
              ...(issued > 0 ? [t("count_issued", { count: issued })] : []),
              ...(drafts > 0 ? [t("count_drafts", { count: drafts })] : []),
              ...(kept_back > 0 ? [t("count_kept_back", { count: kept_back })] : []),
            ].join(" · "),
          });
          onClose();
        },
      },
    );
  return (
    <Dialog
      isOpen
      onClose={onClose}
      width="wide"
      isBusy={make.isPending}
      title={t("make_title")}
      actions={
        <>
          <Button size="form" onPress={onClose}>
            {t("not_now")}
          </Button>
          <Button size="form" variant="primary" autoFocus isBusy={make.isPending} onPress={told}>
            {t("make_count", { count: invoices })}
          </Button>
        </>
      }
    >
      <p className="t2">{missed > 0 ? t("make_missed", { count: missed }) : t("make_body")}</p>
      <DueTable due={due} />
      {make.error && <Note tone="danger">{faultText(faultOf(make.error))}</Note>}
    </Dialog>
  );
}

interface LastDialogProps {
  on: string;
  made: readonly RecurringMade[];
  onClose: () => void;
}

/** What the last run made. */
export function LastDialog({ on, made, onClose }: LastDialogProps) {
  const { t } = useTranslation(["recurring", "common"]);
  const { language } = usePreferences();
  return (
    <Dialog
      isOpen
      onClose={onClose}
      width="wide"
      title={t("last_title", { date: formatDate(on, "long", language) })}
      actions={
        <Button size="form" autoFocus onPress={onClose}>
          {t("common:close")}
        </Button>
      }
    >
      <MadeTable made={made} withName />
    </Dialog>
  );
}

/** Ends a template for good. */
export function EndDialog({ row, onClose }: { row: RecurringRow; onClose: () => void }) {
  const { t } = useTranslation("recurring");
  const end = useSetState();
  const { id, name } = row.template;
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={t("end_title", { name })}
      safeLabel={t("end_keep")}
      verbLabel={t("end")}
      isBusy={end.isPending}
      onConfirm={() =>
        end.mutate(
          { id, state: "ended", here: false },
          {
            onSuccess: () => {
              toast({ text: t("ended", { name }) });
              onClose();
            },
          },
        )
      }
    >
      <p className="t2">{t("end_body", { count: row.made })}</p>
      {end.error && <Note tone="danger">{faultText(faultOf(end.error))}</Note>}
    </ConfirmDialog>
  );
}
