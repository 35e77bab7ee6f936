import { FileSpreadsheet } from "lucide-react";
import { useTranslation } from "react-i18next";
import { faultOf, faultText } from "~/ipc/errors";
import { Button, toast } from "~/ui/primitives";
import { useExportLedger } from "./api";
import type { Period } from "./period";

interface SaveFileProps {
  what: "journal" | "trial_balance";
  period: Period;
  account?: string;
}

/** Writes what is shown to a CSV file. */
export function SaveFile({ what, period, account }: SaveFileProps) {
  const { t } = useTranslation("ledger");
  const exporting = useExportLedger();
  const save = () =>
    exporting.mutate(
      { what, ...period, account: account ?? null, wish: { inline: false, folder: null } },
      {
        onSuccess: ({ path }) => toast({ text: t("exported", { path }) }),
        onError: (thrown) => toast({ text: faultText(faultOf(thrown)), tone: "danger" }),
      },
    );
  return (
    <Button icon={FileSpreadsheet} isBusy={exporting.isPending} onPress={save}>
      {t("export")}
    </Button>
  );
}
