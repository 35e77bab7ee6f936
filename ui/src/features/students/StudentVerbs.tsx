import { useNavigate } from "@tanstack/react-router";
import {
  CalendarClock,
  CarFront,
  CirclePause,
  DoorClosed,
  DoorOpen,
  Ellipsis,
  FolderDown,
  HandCoins,
  PencilLine,
  Plus,
  ScrollText,
  Undo2,
  UserRoundX,
  Wallet,
} from "lucide-react";
import { useTranslation } from "react-i18next";
import { HistoryButton } from "~/app/HistoryButton";
import { useCommands } from "~/commands/registry";
import { useMay } from "~/ipc/session";
import { Button, IconButton, Menu } from "~/ui/primitives";
import { handOut } from "./api";
import { usePassVerb } from "./gate/api";
import type { GateDialog } from "./gate/GatePart";

interface VerbsProps {
  studentId: string;
  /** The person was erased: nothing begins anew with them. */
  isErased: boolean;
  onChange: () => void;
  onPayers: () => void;
  /** Left out where nothing is open. */
  onPlan?: () => void;
  onGate: (dialog: GateDialog) => void;
  onErase: () => void;
  /** Left out where there is no credit. */
  onRefund?: () => void;
}

/** What is done for a student, by button and by key. */
export function Verbs({ onRefund, ...more }: VerbsProps) {
  const { studentId, isErased, onChange } = more;
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
  const known = () => !isErased;
  useCommands([
    { ...verb("invoice", t("new_invoice"), "c", invoice), when: known },
    verb("pay", t("record_payment"), "r", pay),
    { ...verb("change", t("change_details"), "e", onChange), when: known },
    verb("statement", t("statement"), "s", statement),
    {
      ...verb("hold", t("hold_reminders"), "", hold),
      keys: undefined,
      icon: CirclePause,
      when: known,
    },
    {
      ...verb("refund", t("pay_back"), "", () => onRefund?.()),
      keys: undefined,
      icon: Undo2,
      when: () => onRefund !== undefined,
    },
  ]);
  return (
    <>
      <MoreMenu {...more} onHold={hold} />
      <HistoryButton about={`student/${studentId}`} />
      <Button variant="quiet" icon={ScrollText} keys="s" onPress={statement}>
        {t("statement")}
      </Button>
      {onRefund && (
        <Button icon={Undo2} onPress={onRefund}>
          {t("pay_back")}
        </Button>
      )}
      {!isErased && (
        <Button icon={Plus} onPress={invoice}>
          {t("new_invoice")}
        </Button>
      )}
      <Button variant="primary" icon={Wallet} keys="r" onPress={pay}>
        {t("record_payment")}
      </Button>
    </>
  );
}

type MoreProps = Omit<VerbsProps, "onRefund"> & { onHold: () => void };

/** What is done less often, and all that the column beside the account offers in a wider window. */
function MoreMenu(props: MoreProps) {
  const { studentId, isErased, onChange, onPayers, onPlan, onGate, onHold } = props;
  const { t } = useTranslation(["students", "common"]);
  const pass = usePassVerb(studentId);
  const person = usePersonVerbs(studentId, props.onErase);
  const plan = { id: "plan", icon: CalendarClock, label: t("make_plan") };
  const more = [
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
  ];
  const groups = [
    { id: "more", actions: isErased ? [] : more },
    { id: "person", actions: person },
  ].filter((group) => group.actions.length > 0);
  if (groups.length === 0) return null;
  return (
    <Menu
      label={t("common:more")}
      trigger={<IconButton icon={Ellipsis} label={t("common:more")} />}
      groups={groups}
    />
  );
}

/** What is done with the data of the person, as far as one may. */
function usePersonVerbs(studentId: string, onErase: () => void) {
  const { t } = useTranslation("students");
  const mayExport = useMay("export");
  const mayErase = useMay("erase");
  const verbs = [
    {
      id: "hand_out",
      icon: FolderDown,
      label: t("hand_out"),
      isThere: mayExport,
      onAction: () => void handOut(studentId),
    },
    { id: "erase", icon: UserRoundX, label: t("erase"), isThere: mayErase, onAction: onErase },
  ];
  return verbs.filter(({ isThere }) => isThere).map(({ isThere: _, ...verb }) => verb);
}
