import { Pencil, Plus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { formatAmount } from "~/domain/money";
import { useDesk } from "~/ipc/desk";
import type { PaymentMethodView } from "~/ipc/gen/PaymentMethodView";
import { useMay } from "~/ipc/session";
import { Button, IconButton, Pill, Table, type TableColumn } from "~/ui/primitives";
import { MethodDialog } from "./MethodDialog";

/** The ways to pay: what they are called, where the money arrives, what they cost. */
export function PaymentMethods({ methods }: { methods: readonly PaymentMethodView[] }) {
  const { t } = useTranslation("settings");
  const may = useMay("set_up");
  const [edited, setEdited] = useState<PaymentMethodView | "new" | null>(null);
  return (
    <>
      <Table
        label={t("methods")}
        rows={methods}
        rowId={(method) => method.code}
        columns={useColumns(may ? setEdited : undefined)}
      />
      {may && (
        <Button icon={Plus} onPress={() => setEdited("new")}>
          {t("new_method")}
        </Button>
      )}
      {edited && (
        <MethodDialog method={edited === "new" ? null : edited} onClose={() => setEdited(null)} />
      )}
    </>
  );
}

function useColumns(
  onEdit: ((method: PaymentMethodView) => void) | undefined,
): TableColumn<PaymentMethodView>[] {
  const { t } = useTranslation("settings");
  const { currency } = useDesk();
  const cost = ({ surcharge }: PaymentMethodView) =>
    surcharge &&
    [
      surcharge.percent && `${surcharge.percent.replace(".", ",")} %`,
      surcharge.fixed && formatAmount({ amount: surcharge.fixed, currency }),
    ]
      .filter(Boolean)
      .join(" + ");
  const columns: TableColumn<PaymentMethodView>[] = [
    {
      id: "name",
      header: t("name"),
      cell: (method) => <span className={method.active ? undefined : "t3"}>{method.name}</span>,
    },
    {
      id: "surcharge",
      header: t("surcharge"),
      width: "136px",
      cell: (method) => <span className="num t2">{cost(method) || "–"}</span>,
    },
    {
      id: "account",
      header: t("account"),
      width: "96px",
      cell: (method) => <span className="num t2">{method.account || "–"}</span>,
    },
    {
      id: "active",
      header: t("in_use"),
      width: "104px",
      cell: ({ active }) => (
        <Pill tone={active ? "success" : "neutral"} shape={active ? "check" : "none"} isQuiet>
          {t(active ? "active" : "inactive")}
        </Pill>
      ),
    },
  ];
  if (!onEdit) return columns;
  const edit: TableColumn<PaymentMethodView> = {
    id: "edit",
    header: <span className="sr">{t("change")}</span>,
    width: "40px",
    align: "end",
    cell: (method) => (
      <IconButton
        icon={Pencil}
        label={t("change_method", { name: method.name })}
        onPress={() => onEdit(method)}
      />
    ),
  };
  return [...columns, edit];
}
