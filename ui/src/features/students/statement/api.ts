import { i18n } from "~/i18n";
import { rpc } from "~/ipc/client";
import { faultOf, faultText } from "~/ipc/errors";
import type { PayerStatementRequest } from "~/ipc/gen/PayerStatementRequest";
import type { StatementFile } from "~/ipc/gen/StatementFile";
import type { StatementRequest } from "~/ipc/gen/StatementRequest";
import { useRpc } from "~/ipc/hooks";
import { openFile } from "~/ipc/host";
import { toast } from "~/ui/primitives";

export const useStatement = (request: StatementRequest) =>
  useRpc("statement", request, { keepPrevious: true });

export const usePayerStatement = (request: PayerStatementRequest) =>
  useRpc("payer_statement", request, {
    keepPrevious: true,
  });

/** Makes the file and opens it in the person's own program, which prints it. */
export async function openStatements(wanted: Omit<StatementFile, "wish">): Promise<void> {
  try {
    const file = await rpc("statement_file", { ...wanted, wish: { inline: false, folder: null } });
    if (!(await openFile(file.path)))
      toast({ tone: "success", text: i18n.t("students:statement_lies", { path: file.path }) });
  } catch (thrown) {
    toast({ tone: "danger", text: faultText(faultOf(thrown)) });
  }
}
