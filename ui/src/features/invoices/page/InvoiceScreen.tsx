import { Link } from "@tanstack/react-router";
import {
  Ban,
  CalendarClock,
  CirclePause,
  CopyPlus,
  Download,
  Ellipsis,
  FileMinus,
  Printer,
  ReceiptText,
  Repeat,
  Wallet,
} from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { HistoryButton } from "~/app/HistoryButton";
import { useRecent } from "~/commands/recent";
import { faultOf, faultText } from "~/ipc/errors";
import type { InvoiceView } from "~/ipc/gen/InvoiceView";
import { PlanDialog } from "~/ui/plan/PlanDialog";
import {
  Button,
  EmptyState,
  IconButton,
  InvoicePill,
  Menu,
  Page,
  PageHead,
  Scroll,
  SkeletonLines,
} from "~/ui/primitives";
import { useInvoice } from "../api";
import { CreditDialog } from "../credit/CreditDialog";
import { PaperPreview } from "../paper/PaperPreview";
import { invoiceRoute } from "../routes";
import s from "./Document.module.css";
import { InvoiceParts } from "./InvoiceParts";
import { type Ask, useInvoiceCommands, useVerbs } from "./verbs";
import { WriteOffDialog } from "./WriteOffDialog";

/** An issued invoice: what it says, what settled it, where it stands, and its paper. */
export function InvoiceScreen() {
  const { t } = useTranslation("invoices");
  const { id } = invoiceRoute.useParams();
  const { data: invoice, error } = useInvoice(id);
  const [asked, ask] = useState<"credit" | "write_off" | "plan" | null>(null);
  const close = () => ask(null);
  if (error) {
    return (
      <Page>
        <PageHead title={t("title")} />
        <EmptyState
          kind="no_match"
          title={faultText(faultOf(error))}
          action={<Link to="/invoices">{t("title")}</Link>}
        />
      </Page>
    );
  }
  return (
    <Page>
      <PageHead
        crumb={<Link to="/invoices">{t("title")}</Link>}
        title={invoice?.number ?? "…"}
        badge={
          invoice && (
            <InvoicePill status={invoice.status} overdueDays={invoice.days_overdue} isHeader />
          )
        }
        actions={invoice && <Verbs invoice={invoice} onAsk={ask} />}
      />
      <div className={s.columns}>
        <div className={s.body}>
          {invoice ? (
            <InvoiceParts invoice={invoice} />
          ) : (
            <Scroll>
              <SkeletonLines count={8} />
            </Scroll>
          )}
        </div>
        {invoice && !invoice.opening && (
          <PaperPreview paper={{ kind: "invoice", id }} sub={t("paper_final")} />
        )}
      </div>
      {invoice && asked === "credit" && <CreditDialog invoice={invoice} onClose={close} />}
      {invoice && asked === "plan" && (
        <PlanDialog studentId={invoice.student_id} invoiceId={invoice.id} onClose={close} />
      )}
      {invoice && asked === "write_off" && <WriteOffDialog invoice={invoice} onClose={close} />}
    </Page>
  );
}

interface VerbsProps {
  invoice: InvoiceView;
  onAsk: Ask;
}

function Verbs({ invoice, onAsk }: VerbsProps) {
  const { t } = useTranslation(["invoices", "common"]);
  const verbs = useVerbs(invoice);
  useInvoiceCommands(invoice, verbs, onAsk);
  const plan = () => onAsk("plan");
  useRecent({
    path: `/invoices/${invoice.id}`,
    icon: ReceiptText,
    label: invoice.number,
    detail: invoice.buyer.name,
  });
  return (
    <>
      <HistoryButton about={`invoice/${invoice.id}`} />
      <Menu
        label={t("common:more")}
        trigger={<IconButton icon={Ellipsis} label={t("common:more")} />}
        groups={[
          {
            id: "more",
            actions: [
              ...(verbs.isOurs
                ? [
                    {
                      id: "again",
                      icon: CopyPlus,
                      label: t("duplicate"),
                      onAction: verbs.duplicate,
                    },
                  ]
                : []),
              ...(verbs.canRepeat
                ? [{ id: "repeat", icon: Repeat, label: t("repeat"), onAction: verbs.repeat }]
                : []),
              ...(verbs.canPay
                ? [
                    {
                      id: "hold",
                      icon: CirclePause,
                      label: t("hold_reminders"),
                      onAction: verbs.hold,
                    },
                  ]
                : []),
              ...(verbs.canPlan
                ? [{ id: "plan", icon: CalendarClock, label: t("make_plan"), onAction: plan }]
                : []),
              ...(verbs.isOurs
                ? [{ id: "pdf", icon: Download, label: t("save_pdf"), onAction: verbs.save }]
                : []),
            ],
          },
          ...(verbs.canPay
            ? [
                {
                  id: "end",
                  actions: [
                    {
                      id: "write_off",
                      icon: Ban,
                      label: t("write_off_verb"),
                      onAction: () => onAsk("write_off"),
                    },
                  ],
                },
              ]
            : []),
        ]}
      />
      <Button
        icon={Printer}
        keys="mod+p"
        onPress={verbs.print}
        disabledReason={verbs.isOurs ? undefined : t("no_paper")}
      >
        {t("print")}
      </Button>
      <Button
        icon={FileMinus}
        onPress={() => onAsk("credit")}
        disabledReason={verbs.canCredit ? undefined : t(verbs.noCredit)}
      >
        {t("credit_verb")}
      </Button>
      {verbs.canPay && (
        <Button variant="primary" icon={Wallet} keys="r" onPress={verbs.pay}>
          {t("record_payment")}
        </Button>
      )}
    </>
  );
}
