import { useState } from "react";
import { useTranslation } from "react-i18next";
import { isZero } from "~/domain/money";
import { useDesk } from "~/ipc/desk";
import type { CreditView } from "~/ipc/gen/CreditView";
import { refusalText } from "~/ipc/refusal";
import { Gain } from "~/ui/exchange/Worth";
import { useAmountText } from "~/ui/exchange/words";
import { Amount, Button, Dialog, EmptyState, Note, SkeletonLines, toast } from "~/ui/primitives";
import { useUseCredit } from "./api";
import s from "./Payments.module.css";
import { SharesTable } from "./SharesTable";
import { sharesOf } from "./shares";
import { useRecording } from "./useRecording";

interface UseCreditDialogProps {
  credit: CreditView;
  studentId: string;
  currency: string;
  onClose: () => void;
}

/** Credit set against invoices, the oldest first until a share is typed. */
function useCreditUse({ credit, studentId, currency, onClose }: UseCreditDialogProps) {
  const { t } = useTranslation("payments");
  const { today } = useDesk();
  const amountText = useAmountText();
  const [id] = useState(() => crypto.randomUUID());
  const use = useUseCredit();
  const recording = useRecording({
    student: studentId,
    amount: credit.unused.amount,
    method: null,
    invoice: null,
    referred: [],
    currency,
    // It is worth what it was worth when it came.
    base_amount: credit.base?.amount ?? null,
    rate: null,
    on: today,
  });
  const { checked, problem } = recording;
  const used = checked && !isZero(checked.allocated) ? checked.allocated : undefined;
  function submit() {
    use.mutate(
      {
        id,
        source: credit.source,
        source_id: credit.source_id,
        date: today,
        shares: sharesOf(recording.shares).filter((share) => share.amount !== ""),
      },
      {
        onSuccess: () => {
          toast({ text: t("credit_used", { amount: used ? amountText(used) : "" }) });
          onClose();
        },
      },
    );
  }
  const reason = problem ?? (used ? undefined : t("need_share"));
  return { recording, used, reason, submit, isBusy: use.isPending, error: use.error };
}

/** Sets credit that is already there against invoices, the oldest first unless typed otherwise. */
export function UseCreditDialog(props: UseCreditDialogProps) {
  const { credit, currency, onClose } = props;
  const { t } = useTranslation("payments");
  const amountText = useAmountText();
  const { recording, used, reason, submit, isBusy, error } = useCreditUse(props);
  const { form, problem } = recording;
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t("use_title", { label: credit.label })}
      width="wide"
      isBusy={isBusy}
      actions={
        <>
          <Button size="form" onPress={onClose} isDisabled={isBusy}>
            {t("cancel")}
          </Button>
          <Button
            size="form"
            variant="primary"
            isBusy={isBusy}
            disabledReason={reason}
            onPress={submit}
          >
            {used ? t("use_amount", { amount: amountText(used) }) : t("use")}
          </Button>
        </>
      }
    >
      <p className="t2">
        {t("use_body")}{" "}
        <Amount of={credit.unused} look="credit" withCurrency={Boolean(credit.base)} />
      </p>
      {recording.checked && <Gain of={recording.checked.gain} />}
      {error && <Note tone="danger" title={refusalText(error, currency)} />}
      {problem && <Note tone="danger" title={problem} />}
      <div className={s.dialogTable}>
        {form?.open_items.length === 0 ? (
          <EmptyState kind="all_done" title={t("nothing_to_settle")} />
        ) : form ? (
          <SharesTable
            items={form.open_items}
            shares={recording.shares}
            openAfter={recording.checked?.open_after ?? []}
            currency={currency}
            isStale={recording.isStale}
            isNarrow
            onShare={recording.setShare}
          />
        ) : (
          <SkeletonLines count={4} />
        )}
      </div>
    </Dialog>
  );
}
