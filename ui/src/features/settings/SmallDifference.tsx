import { useState } from "react";
import { useTranslation } from "react-i18next";
import { formatAmount, isZero, type Money } from "~/domain/money";
import { fieldFaults } from "~/ipc/fieldFaults";
import { useRpcMutation } from "~/ipc/hooks";
import { Button, FormDialog, MoneyField, toast } from "~/ui/primitives";

/** What of an invoice may be let go with the payment that leaves it. */
export function SmallDifference({ limit }: { limit: Money }) {
  const { t } = useTranslation("settings");
  const [isChanging, setChanging] = useState(false);
  return (
    <p>
      {isZero(limit)
        ? t("small_difference_none")
        : t("small_difference_up_to", { amount: `${limit.currency} ${formatAmount(limit)}` })}{" "}
      <Button size="small" onPress={() => setChanging(true)}>
        {t("change")}
      </Button>
      {isChanging && <ChangeLimit limit={limit} onClose={() => setChanging(false)} />}
    </p>
  );
}

function ChangeLimit({ limit, onClose }: { limit: Money; onClose: () => void }) {
  const { t } = useTranslation("settings");
  const [amount, setAmount] = useState<string | null>(limit.amount);
  const save = useRpcMutation("save_small_difference");
  const refused = fieldFaults(save.error, ["amount"]);
  return (
    <FormDialog
      title={t("small_difference")}
      verb={t("save")}
      width="narrow"
      onClose={onClose}
      onSubmit={() =>
        save.mutate(
          { amount: amount ?? "0" },
          {
            onSuccess: () => {
              toast({ text: t("small_difference_saved") });
              onClose();
            },
          },
        )
      }
      isBusy={save.isPending}
      trouble={refused.elsewhere}
    >
      <MoneyField
        label={t("small_difference_limit")}
        name="amount"
        hint={t("small_difference_hint")}
        autoFocus
        currency={limit.currency}
        value={amount}
        onChange={setAmount}
        error={refused.at.amount}
      />
    </FormDialog>
  );
}
