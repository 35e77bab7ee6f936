import { Link } from "@tanstack/react-router";
import { Download, FileMinus2, Printer } from "lucide-react";
import { useTranslation } from "react-i18next";
import { HistoryButton } from "~/app/HistoryButton";
import { useRecent } from "~/commands/recent";
import { useCommands } from "~/commands/registry";
import { faultOf, faultText } from "~/ipc/errors";
import type { CreditNoteView } from "~/ipc/gen/CreditNoteView";
import { JournalOf } from "~/ui/journal/JournalOf";
import {
  Amount,
  Button,
  Day,
  Facts,
  Figure,
  IconButton,
  InvoicePill,
  Page,
  PageHead,
  UnreadPage,
} from "~/ui/primitives";
import { useCreditNote } from "../api";
import { Books } from "../page/Books";
import s from "../page/Document.module.css";
import { InBooks } from "../page/InBooks";
import { VatTable } from "../page/VatTable";
import { openPaper, type PaperOf, savePaper } from "../paper/files";
import { PaperPreview } from "../paper/PaperPreview";
import { creditNoteRoute } from "../routes";

/** An issued credit note and its paper. */
export function CreditNoteScreen() {
  const { t } = useTranslation("invoices");
  const { id } = creditNoteRoute.useParams();
  const { data: note, error } = useCreditNote(id);
  const paper = { kind: "credit_note" as const, id };
  // What another system issued has its paper there.
  const hasPaper = note?.opening === false;
  useNoteCommands(paper, hasPaper);
  useRecent({
    path: `/invoices/credit-notes/${id}`,
    icon: FileMinus2,
    label: note?.number ?? "",
    detail: note?.student,
  });
  const list = <Link to="/invoices">{t("title")}</Link>;
  if (!note)
    return (
      <UnreadPage
        crumb={list}
        title="…"
        fault={error ? faultText(faultOf(error)) : undefined}
        action={list}
      />
    );
  return (
    <Page>
      <PageHead
        crumb={list}
        title={note.number}
        badge={<InvoicePill status="credit" isHeader />}
        actions={
          <>
            <HistoryButton about={`credit_note/${id}`} />
            {hasPaper && (
              <>
                <IconButton
                  icon={Download}
                  label={t("save_pdf")}
                  onPress={() => void savePaper(paper)}
                />
                <Button icon={Printer} keys="mod+p" onPress={() => void openPaper(paper)}>
                  {t("print")}
                </Button>
              </>
            )}
          </>
        }
      />
      <div className={s.columns}>
        <div className={s.body}>
          <NoteParts note={note} />
        </div>
        {hasPaper && <PaperPreview paper={paper} sub={t("paper_final")} />}
      </div>
    </Page>
  );
}

function useNoteCommands(paper: PaperOf, hasPaper: boolean) {
  const { t } = useTranslation("invoices");
  useCommands([
    {
      id: "credit_note.print",
      title: () => t("print"),
      group: "screen",
      keys: "mod+p",
      icon: Printer,
      when: () => hasPaper,
      run: () => void openPaper(paper),
    },
    {
      id: "credit_note.save",
      title: () => t("save_pdf"),
      group: "screen",
      icon: Download,
      when: () => hasPaper,
      run: () => void savePaper(paper),
    },
  ]);
}

/** What was taken back, from which invoice, and why. */
function NoteParts({ note }: { note: CreditNoteView }) {
  const { t } = useTranslation(["invoices", "ledger"]);
  return (
    <>
      <section className={s.part}>
        <div className={s.headline}>
          <Figure
            label={t("taken_back")}
            unit={note.totals.gross.currency}
            value={<Amount of={note.totals.gross} look="strong" />}
            size="page"
          />
          <Figure label={t("not_used_yet")} value={<Amount of={note.unused} look="credit" />} />
        </div>
      </section>
      <section className={s.part}>
        <Facts
          facts={[
            {
              label: t("student"),
              value: (
                <Link to="/students/$id" params={{ id: note.student_id }}>
                  {note.student}
                </Link>
              ),
            },
            {
              label: t("of_invoice"),
              value: (
                <Link to="/invoices/$id" params={{ id: note.invoice_id }}>
                  {note.invoice_number}
                </Link>
              ),
            },
            { label: t("issued"), value: <Day of={note.issue_date} look="long" /> },
            { label: t("reason"), value: note.reason },
          ]}
        />
      </section>
      <section className={s.part}>
        <VatTable totals={note.totals} />
      </section>
      {note.exchange && <InBooks of={note.exchange} />}
      <section className={s.part}>
        <h2 className={s.partName}>{t("ledger:postings")}</h2>
        <JournalOf id={note.id} />
      </section>
      {note.exports.length > 0 && (
        <section className={s.part}>
          <h2 className={s.partName}>{t("in_the_books")}</h2>
          <Books exports={note.exports} />
        </section>
      )}
    </>
  );
}
