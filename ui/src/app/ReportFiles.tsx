import { FileSpreadsheet, Printer } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { i18n } from "~/i18n";
import { rpc } from "~/ipc/client";
import { faultOf, faultText } from "~/ipc/errors";
import type { ReportWish } from "~/ipc/gen/ReportWish";
import { openFile } from "~/ipc/host";
import { Button, toast } from "~/ui/primitives";

type Format = "csv" | "pdf";

/** Makes a file of a report in the desk's folder for papers, and shows it where that is possible. */
async function makeFile(report: ReportWish, format: Format): Promise<void> {
  try {
    const wish = { inline: false, folder: null };
    const { path } = await rpc("report_file", { report, format, wish });
    const isOpen = format === "pdf" && (await openFile(path));
    if (!isOpen) toast({ tone: "success", text: i18n.t("reports:file_lies", { path }) });
  } catch (thrown) {
    toast({ tone: "danger", text: faultText(faultOf(thrown)) });
  }
}

interface ReportFilesProps {
  of: () => ReportWish;
  /** Why there is nothing to write. */
  disabledReason?: string;
}

/** A report as a file for a spreadsheet, and on paper. */
export function ReportFiles({ of, disabledReason }: ReportFilesProps) {
  const { t } = useTranslation("reports");
  const [busy, setBusy] = useState<Format | null>(null);
  const make = (format: Format) => {
    setBusy(format);
    void makeFile(of(), format).finally(() => setBusy(null));
  };
  const button = (format: Format, icon: typeof Printer) => (
    <Button
      icon={icon}
      isBusy={busy === format}
      disabledReason={disabledReason}
      onPress={() => make(format)}
    >
      {t(format)}
    </Button>
  );
  return (
    <>
      {button("csv", FileSpreadsheet)}
      {button("pdf", Printer)}
    </>
  );
}
