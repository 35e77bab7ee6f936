import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fieldFaults } from "~/ipc/fieldFaults";
import type { Terms } from "~/ipc/gen/Terms";
import { useRpcMutation } from "~/ipc/hooks";
import { Button, FormDialog, toast } from "~/ui/primitives";
import { TermsField, useTermsText } from "~/ui/terms/TermsField";

/** When invoices are due unless a payer or an invoice says otherwise. */
export function SchoolTerms({ terms }: { terms: Terms }) {
  const { t } = useTranslation("settings");
  const text = useTermsText();
  const [isChanging, setChanging] = useState(false);
  return (
    <p>
      {text(terms)}{" "}
      <Button size="small" onPress={() => setChanging(true)}>
        {t("change")}
      </Button>
      {isChanging && <ChangeTerms terms={terms} onClose={() => setChanging(false)} />}
    </p>
  );
}

function ChangeTerms({ terms, onClose }: { terms: Terms; onClose: () => void }) {
  const { t } = useTranslation("settings");
  const [chosen, setChosen] = useState<Terms>(terms);
  const save = useRpcMutation("save_terms");
  const refused = fieldFaults(save.error, ["terms"]);
  return (
    <FormDialog
      title={t("payment_terms")}
      verb={t("save")}
      width="narrow"
      onClose={onClose}
      onSubmit={() =>
        save.mutate(
          { terms: chosen },
          {
            onSuccess: () => {
              toast({ text: t("terms_saved") });
              onClose();
            },
          },
        )
      }
      isBusy={save.isPending}
      trouble={refused.elsewhere}
    >
      <TermsField
        label={t("payment_terms")}
        name="terms"
        value={chosen}
        isRequired
        error={refused.at.terms}
        onChange={(next) => next && setChosen(next)}
      />
    </FormDialog>
  );
}
