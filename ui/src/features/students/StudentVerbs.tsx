import { useNavigate } from "@tanstack/react-router";
import {
  CalendarClock,
  CarFront,
  CirclePause,
  DoorClosed,
  DoorOpen,
  Ellipsis,
  HandCoins,
  PencilLine,
  Plus,
  ScrollText,
  Undo2,
  Wallet,
} from "lucide-react";
import { useTranslation } from "react-i18next";
import { HistoryButton } from "~/app/HistoryButton";
import { useCommands } from "~/commands/registry";
import { Button, IconButton, Menu } from "~/ui/primitives";
import { usePassVerb } from "./gate/api";
import type { GateDialog } from "./gate/GatePart";

interface VerbsProps {
  studentId: string;
  onChange: () => void;
  onPayers: () => void;
  /** Left out where nothing is open. */
  onPlan?: () => void;
  onGate: (dialog: GateDialog) => void;
  /** Left out where there is no credit. */
  onRefund?: () => void;
}

/** What is done for a student, by button and by key. */
export function Verbs({ studentId, onChange, onPayers, onPlan, onGate, onRefund }: VerbsProps) {
  const { t } = useTranslation(["students", "common"]);
  const navigate = useNavigate();
  const search = { student: studentId };
  const invoice = () => void navigate({ to: "/invoices/new", search });
  const pay = () => void navigate({ to: "/payments/new", search });
  const hold = () => void navigate({ to: "/reminders", search });
  const statement = () =>
    void navigate({ to: "/students/$id/statement", params: { id: studentId } });
  const verb = (id: string, title: string, keys: string, run: () => void) =>
    ({ id: `student.${id}`, title: () => title, group: "screen", keys, run }) as const;
  useCommands([
    verb("invoice", t("new_invoice"), "c", invoice),
    verb("pay", t("record_payment"), "r", pay),
    verb("change", t("change_details"), "e", onChange),
    verb("statement", t("statement"), "s", statement),
    { ...verb("hold", t("hold_reminders"), "", hold), keys: undefined, icon: CirclePause },
    {
      ...verb("refund", t("pay_back"), "", () => onRefund?.()),
      keys: undefined,
      icon: Undo2,
      when: () => onRefund !== undefined,
    },
  ]);
  return (
    <>
      <MoreMenu
        studentId={studentId}
        onChange={onChange}
        onPayers={onPayers}
        onPlan={onPlan}
        onGate={onGate}
        onHold={hold}
      />
      <HistoryButton about={`student/${studentId}`} />
      <Button variant="quiet" icon={ScrollText} keys="s" onPress={statement}>
        {t("statement")}
      </Button>
      {onRefund && (
        <Button icon={Undo2} onPress={onRefund}>
          {t("pay_back")}
        </Button>
      )}
      <Button icon={Plus} onPress={invoice}>
        {t("new_invoice")}
      </Button>
      <Button variant="primary" icon={Wallet} keys="r" onPress={pay}>
        {t("record_payment")}
      </Button>
    </>
  );
}

type MoreProps = Omit<VerbsProps, "onRefund"> & { onHold: () => void };

/** What is done less often, and all that the column beside the account offers in a wider window. */
function MoreMenu({ studentId, onChange, onPayers, onPlan, onGate, onHold }: MoreProps) {
  const { t } = useTranslation(["students", "common"]);
  const pass = usePassVerb(studentId);
  const plan = { id: "plan", icon: CalendarClock, label: t("make_plan") };
  return (
    <Menu
      label={t("common:more")}
      trigger={<IconButton icon={Ellipsis} label={t("common:more")} />}
      groups={[
        {
          id: "more",
          actions: [
            { id: "payers", icon: HandCoins, label: t("who_pays"), onAction: onPayers },
            { id: "hold", icon: CirclePause, label: t("hold_reminders"), onAction: onHold },
            ...(onPlan ? [{ ...plan, onAction: onPlan }] : []),
            ...(pass
              ? [
                  {
                    id: pass,
                    icon: pass === "block" ? DoorClosed : DoorOpen,
                    label: t(pass === "block" ? "block_again" : "let_through"),
                    onAction: () => onGate(pass),
                  },
                ]
              : []),
            { id: "test", icon: CarFront, label: t("test_set"), onAction: () => onGate("test") },
            {
              id: "change",
              icon: PencilLine,
              label: t("change_details"),
              keys: "e",
              onAction: onChange,
            },
          ],
        },
      ]}
    />
  );
}
