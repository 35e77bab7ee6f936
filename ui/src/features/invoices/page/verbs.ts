import {
  Ban,
  CalendarClock,
  CirclePause,
  CopyPlus,
  Download,
  FileMinus,
  Printer,
  Repeat,
  UserRound,
  Wallet,
} from "lucide-react";
import { useTranslation } from "react-i18next";
import { type Command, useCommands } from "~/commands/registry";
import { faultOf, faultText } from "~/ipc/errors";
import type { InvoiceView } from "~/ipc/gen/InvoiceView";
import { toast } from "~/ui/primitives";
import { useDraftAgain } from "../editor/useDraftAgain";
import { openPaper, savePaper } from "../paper/files";
import { goTo, paymentPath } from "../paths";

const isNothing = (amount: string) => /^-?0*\.?0*$/.test(amount);

/** What can be done with an invoice. */
export function useVerbs(invoice: InvoiceView) {
  const again = useDraftAgain(invoice);
  const paper = { kind: "invoice" as const, id: invoice.id };
  const verbs = {
    canPay: !isNothing(invoice.open.amount),
    /** What another system issued is printed, credited and repeated there. */
    isOurs: invoice.opening === null,
    /** Templates and payment plans are in the currency of the books. */
    canRepeat: invoice.opening === null && invoice.exchange === null,
    canPlan: !isNothing(invoice.open.amount) && invoice.plan === "" && invoice.exchange === null,
    canCredit:
      invoice.opening === null && invoice.lines.some((line) => !isNothing(line.creditable.amount)),
    noCredit: invoice.opening === null ? "nothing_to_credit" : "credit_elsewhere",
    pay: () => goTo(paymentPath(invoice.student_id, invoice.id)),
    print: () => void openPaper(paper),
    save: () => void savePaper(paper),
    hold: () => goTo(`/reminders?student=${invoice.student_id}&invoice=${invoice.id}`),
    duplicate: () =>
      void again
        .open()
        .catch((thrown) => toast({ tone: "danger", text: faultText(faultOf(thrown)) })),
    isDuplicating: again.isBusy,
    repeat: () => goTo(`/invoices/recurring/new?invoice=${invoice.id}`),
  } as const;
  return verbs;
}

type InvoiceVerbs = ReturnType<typeof useVerbs>;
export type Ask = (what: "credit" | "write_off" | "plan") => void;

/** The same verbs for the keys and the palette. */
export function useInvoiceCommands(invoice: InvoiceView, verbs: InvoiceVerbs, onAsk: Ask) {
  const { t } = useTranslation("invoices");
  const verb = (id: string, title: string, run: () => void, more?: Partial<Command>): Command => ({
    id: `invoice.${id}`,
    title: () => title,
    group: "screen",
    run,
    ...more,
  });
  const { canPay, canCredit, isOurs, isDuplicating } = verbs;
  useCommands([
    verb("pay", t("record_payment"), verbs.pay, { keys: "r", icon: Wallet, when: () => canPay }),
    verb("print", t("print"), verbs.print, {
      keys: "mod+p",
      icon: Printer,
      when: () => isOurs,
    }),
    verb("credit", t("credit_verb"), () => onAsk("credit"), {
      icon: FileMinus,
      when: () => canCredit,
    }),
    verb("duplicate", t("duplicate"), verbs.duplicate, {
      icon: CopyPlus,
      when: () => isOurs && !isDuplicating,
    }),
    verb("repeat", t("repeat"), verbs.repeat, { icon: Repeat, when: () => verbs.canRepeat }),
    verb("save", t("save_pdf"), verbs.save, { icon: Download, when: () => isOurs }),
    verb("hold", t("hold_reminders"), verbs.hold, { icon: CirclePause, when: () => canPay }),
    verb("write_off", t("write_off_verb"), () => onAsk("write_off"), {
      icon: Ban,
      when: () => canPay,
    }),
    verb("plan", t("make_plan"), () => onAsk("plan"), {
      icon: CalendarClock,
      when: () => canPay,
    }),
    verb("student", t("to_student"), () => goTo(`/students/${invoice.student_id}`), {
      icon: UserRound,
    }),
  ]);
}
