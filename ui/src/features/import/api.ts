import { useMutation } from "@tanstack/react-query";
import { i18n } from "~/i18n";
import { rpc } from "~/ipc/client";
import { faultOf, faultText, type RpcError } from "~/ipc/errors";
import type { ImportCsv } from "~/ipc/gen/ImportCsv";
import type { ImportReport } from "~/ipc/gen/ImportReport";
import { useRpc, useRpcMutation } from "~/ipc/hooks";
import { chooseFolder, openFile } from "~/ipc/host";
import { toast } from "~/ui/primitives";
import type { ImportKind } from "./routes";

/** What comes in every day is everybody's work; students and prices come in by another right. */
const COMMANDS = {
  students: "import_csv",
  services: "import_csv",
  invoices: "import_csv",
  payments: "import_payments",
  bookings: "import_bookings",
} as const satisfies Record<ImportKind, string>;

/** The command follows from what the file is read as, which is found out after it was chosen. */
export const useImport = () =>
  useMutation<ImportReport, RpcError, ImportCsv & { kind: ImportKind }>({
    mutationFn: (file) => rpc(COMMANDS[file.kind], file),
  });

export const useLook = () => useRpcMutation("look_at_file");

export const useTables = () => useRpc("school_tables", {}).data;

/** Writes the refused rows with their reasons into a folder that the person chooses. */
export async function saveRefused(file: ImportCsv, reasons: Record<string, string>): Promise<void> {
  try {
    const folder = await chooseFolder();
    if (folder === undefined) return;
    const wish = { inline: false, folder };
    const made = await rpc("refused_rows", { file, reasons, wish });
    toast({
      text: i18n.t("import:refused_saved", { path: made.path }),
      action: {
        label: i18n.t("invoices:paper_open"),
        onPress: () => void openFile(made.path),
      },
    });
  } catch (thrown) {
    toast({ tone: "danger", text: faultText(faultOf(thrown)) });
  }
}
