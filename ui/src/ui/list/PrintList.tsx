import { Printer } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { i18n } from "~/i18n";
import { rpc } from "~/ipc/client";
import { faultOf, faultText } from "~/ipc/errors";
import type { PrintedRows } from "~/ipc/gen/PrintedRows";
import { openFile } from "~/ipc/host";
import { useMay } from "~/ipc/session";
import { Button, toast } from "../primitives";

/** Makes the paper and opens it in the person's own program, which prints it. */
async function print(rows: PrintedRows): Promise<void> {
  try {
    const { path } = await rpc("print_list", { rows, wish: { inline: false, folder: null } });
    if (!(await openFile(path)))
      toast({ tone: "success", text: i18n.t("lists:print_lies", { path }) });
  } catch (thrown) {
    toast({ tone: "danger", text: faultText(faultOf(thrown)) });
  }
}

interface PrintListProps {
  rows: PrintedRows;
  /** How many there are. */
  count: number;
}

/** The list as it is narrowed and ordered, on paper. */
export function PrintList({ rows, count }: PrintListProps) {
  const { t } = useTranslation("lists");
  const [isBusy, setBusy] = useState(false);
  if (!useMay("export")) return null;
  return (
    <Button
      variant="quiet"
      icon={Printer}
      isBusy={isBusy}
      disabledReason={count === 0 ? t("print_nothing") : undefined}
      onPress={() => {
        setBusy(true);
        void print(rows).finally(() => setBusy(false));
      }}
    >
      {t("print")}
    </Button>
  );
}
