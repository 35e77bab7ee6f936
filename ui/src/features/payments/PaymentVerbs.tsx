import { useNavigate } from "@tanstack/react-router";
import { Check, CircleX, RotateCcw, Undo2, UserRound, Wallet } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useRecent } from "~/commands/recent";
import { useCommands } from "~/commands/registry";
import { formatMoney, isZero } from "~/domain/money";
import { placeOf } from "~/domain/places";
import type { PaymentView } from "~/ipc/gen/PaymentView";
import { Button, type LucideIcon } from "~/ui/primitives";
import type { Turn } from "./TurnDialog";

/** A decision a person asks for. */
export type Asked = Turn | "use" | "refund";

interface PaymentVerbsProps {
  payment: PaymentView;
  onAsk: (what: Asked) => void;
}

/** What can still become of it. */
export function PaymentVerbs({ payment, onAsk }: PaymentVerbsProps) {
  const { t } = useTranslation("payments");
  const navigate = useNavigate();
  const hasCredit = !isZero(payment.unallocated);
  const isAnnounced = payment.state === "pending" || payment.state === "failed";
  const toStudent = () => void navigate({ to: placeOf("student", payment.student_id) });
  const verb = (id: string, title: string, icon: LucideIcon, can: boolean, run: () => void) =>
    ({
      id: `payment.${id}`,
      title: () => title,
      group: "screen",
      icon,
      when: () => can,
      run,
    }) as const;
  useCommands([
    verb("use", t("set_against"), Wallet, hasCredit, () => onAsk("use")),
    verb("confirm", t("confirm"), Check, isAnnounced, () => onAsk("confirm")),
    verb("fail", t("fail"), CircleX, payment.state === "pending", () => onAsk("fail")),
    verb("refund", t("refund"), Undo2, hasCredit, () => onAsk("refund")),
    verb("reverse", t("reverse"), RotateCcw, payment.state === "confirmed", () => onAsk("reverse")),
    verb("student", t("to_student"), UserRound, true, toStudent),
  ]);
  useRecent({
    path: placeOf("payment", payment.id),
    icon: Wallet,
    label: t("payment_of", { name: payment.student }),
    detail: formatMoney(payment.amount),
  });
  return (
    <>
      <Button variant="quiet" onPress={toStudent}>
        {t("to_student")}
      </Button>
      {payment.state === "confirmed" && (
        <Button icon={RotateCcw} onPress={() => onAsk("reverse")}>
          {t("reverse")}
        </Button>
      )}
      {payment.state === "pending" && <Button onPress={() => onAsk("fail")}>{t("fail")}</Button>}
      {isAnnounced && (
        <Button variant="primary" onPress={() => onAsk("confirm")}>
          {t("confirm")}
        </Button>
      )}
      {hasCredit && (
        <>
          <Button icon={Undo2} onPress={() => onAsk("refund")}>
            {t("refund")}
          </Button>
          <Button variant="primary" onPress={() => onAsk("use")}>
            {t("set_against")}
          </Button>
        </>
      )}
    </>
  );
}
