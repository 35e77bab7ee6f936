import { Link } from "@tanstack/react-router";
import { Download, FileMinus, Printer, Wallet } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useCommands } from "~/commands/registry";
import { faultOf, faultText } from "~/ipc/errors";
import {
  Button,
  EmptyState,
  IconButton,
  InvoicePill,
  Page,
  PageHead,
  Scroll,
  SkeletonLines,
} from "~/ui/primitives";
import { useInvoice } from "../api";
import { CreditDialog } from "../credit/CreditDialog";
import { openPaper, savePaper } from "../paper/files";
import { PaperPreview } from "../paper/PaperPreview";
import { goTo, paymentPath } from "../paths";
import { invoiceRoute } from "../routes";
import s from "./Document.module.css";
import { InvoiceParts } from "./InvoiceParts";

/** An issued invoice: what it says, what settled it, where it stands, and its paper. */
export function InvoiceScreen() {
  const { t } = useTranslation("invoices");
  const { id } = invoiceRoute.useParams();
  const { data: invoice, error } = useInvoice(id);
  const [isCrediting, setCrediting] = useState(false);
  const paper = { kind: "invoice" as const, id };
  const canPay =
    invoice !== undefined && invoice.status !== "paid" && invoice.status !== "credited";
  const canCredit = invoice?.lines.some((line) => !/^-?0*\.?0*$/.test(line.creditable.amount));
  const pay = () => invoice && goTo(paymentPath(invoice.student_id, invoice.id));
  useCommands([
    {
      id: "invoice.pay",
      title: () => t("record_payment"),
      group: "screen",
      keys: "r",
      when: () => canPay,
      run: pay,
    },
    {
      id: "invoice.print",
      title: () => t("print"),
      group: "screen",
      keys: "mod+p",
      run: () => void openPaper(paper),
    },
  ]);
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
        actions={
          <>
            <IconButton
              icon={Download}
              label={t("save_pdf")}
              onPress={() => void savePaper(paper)}
            />
            <Button icon={Printer} keys="mod+p" onPress={() => void openPaper(paper)}>
              {t("print")}
            </Button>
            <Button
              icon={FileMinus}
              onPress={() => setCrediting(true)}
              disabledReason={invoice && !canCredit ? t("nothing_to_credit") : undefined}
            >
              {t("credit_verb")}
            </Button>
            {canPay && (
              <Button variant="primary" icon={Wallet} keys="r" onPress={pay}>
                {t("record_payment")}
              </Button>
            )}
          </>
        }
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
        <PaperPreview paper={paper} sub={t("paper_final")} />
      </div>
      {invoice && isCrediting && (
        <CreditDialog invoice={invoice} onClose={() => setCrediting(false)} />
      )}
    </Page>
  );
}
