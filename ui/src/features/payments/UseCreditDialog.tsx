import { useState } from "react";
import { useTranslation } from "react-i18next";
import { formatAmount } from "~/domain/money";
import { useDesk } from "~/ipc/desk";
import { faultOf, faultText } from "~/ipc/errors";
import type { CreditView } from "~/ipc/gen/CreditView";
import { Amount, Button, Dialog, Note, SkeletonLines, toast } from "~/ui/primitives";
import { useUseCredit } from "./api";
import s from "./Payments.module.css";
import { SharesTable } from "./SharesTable";
import { sharesOf, shownParams } from "./shares";
import { useRecording } from "./useRecording";

interface UseCreditDialogProps {
  credit: CreditView;
  studentId: string;
  currency: string;
  onClose: () => void;
}

/** Sets credit that is already there against invoices, the oldest first unless typed otherwise. */
export function UseCreditDialog({ credit, studentId, currency, onClose }: UseCreditDialogProps) {
  const { t } = useTranslation("payments");
  const { today } = useDesk();
  const [id] = useState(() => crypto.randomUUID());
  const use = useUseCredit();
  const recording = useRecording({
    student: studentId,
    amount: credit.unused.amount,
    invoice: null,
    currency,
  });
  const { form, shares, checked, problem } = recording;
  const used = checked?.allocated;
  const isNothing = used === undefined || /^0*(\.0*)?$/.test(used.amount);

  function submit() {
    use.mutate(
      {
        id,
        source: credit.source,
        source_id: credit.source_id,
        date: today,
        shares: sharesOf(shares).filter((share) => share.amount !== ""),
      },
      {
        onSuccess: () => {
          toast({ text: t("credit_used", { amount: used ? formatAmount(used) : "" }) });
          onClose();
        },
      },
    );
  }
  const refusal = use.error ? faultOf(use.error) : undefined;
  const reason = problem ?? (isNothing ? t("need_share") : undefined);
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t("use_title", { label: credit.label })}
      width="wide"
      isBusy={use.isPending}
      actions={
        <>
          <Button size="form" onPress={onClose} isDisabled={use.isPending}>
            {t("cancel")}
          </Button>
          <Button
            size="form"
            variant="primary"
            isBusy={use.isPending}
            disabledReason={reason}
            onPress={submit}
          >
            {used && !isNothing ? t("use_amount", { amount: formatAmount(used) }) : t("use")}
          </Button>
        </>
      }
    >
      <p className="t2">
        {t("use_body")} <Amount of={credit.unused} look="credit" />
      </p>
      {refusal && (
        <Note
          tone="danger"
          title={faultText({ ...refusal, params: shownParams(refusal.params, currency) })}
        />
      )}
      {problem && <Note tone="danger" title={problem} />}
      <div className={s.dialogTable}>
        {form ? (
          <SharesTable
            items={form.open_items}
            shares={shares}
            openAfter={checked?.open_after ?? []}
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
