import { useState } from "react";
import { useTranslation } from "react-i18next";
import { goTo } from "~/domain/places";
import type { PairView } from "~/ipc/gen/PairView";
import type { Reconciliation } from "~/ipc/gen/Reconciliation";
import type { SideView } from "~/ipc/gen/SideView";
import { Amount, Button, Day, Moment, Note, PanelSection, Peek, Table } from "~/ui/primitives";
import { type Deed, DeedDialog } from "./DeedDialog";
import s from "./Reconcile.module.css";
import { fieldWord, labelOf, oneWord } from "./words";

interface PairPeekProps {
  pair: PairView;
  view: Reconciliation;
  system: string;
  onClose: () => void;
}

const FIELDS = [
  "number",
  "contact",
  "date",
  "due_date",
  "net",
  "vat",
  "gross",
  "open",
  "state",
] as const;
type FieldName = (typeof FIELDS)[number];

/** Where the document has its own page. */
const PAGES: Record<string, string> = {
  invoice: "/invoices",
  credit_note: "/invoices/credit-notes",
};

/** One pair field by field, what is to be done, and the way to do it. */
export function PairPeek({ pair, view, system, onClose }: PairPeekProps) {
  const { t } = useTranslation("reconcile");
  const [deed, setDeed] = useState<Deed>();
  const page = PAGES[pair.kind];
  const needsReview = pair.ours?.state === "attention";
  const advice = t(`todo_${adviceOf(pair)}` as "todo_differing", { system });
  return (
    <Peek
      title={
        <>
          <span className="t2">{oneWord(t, pair.kind)}</span>{" "}
          <span className="num">{labelOf(t, pair)}</span>
        </>
      }
      onClose={onClose}
      foot={
        <>
          {pair.can_send_again && (
            <Button variant="primary" onPress={() => setDeed("again")}>
              {t("again")}
            </Button>
          )}
          <Button
            variant={pair.can_send_again ? "secondary" : "primary"}
            onPress={() => setDeed("accept")}
          >
            {pair.accepted ? t("accept_again") : t("accept")}
          </Button>
          {needsReview && <Button onPress={() => goTo("/review")}>{t("open_review")}</Button>}
          {pair.record_id && (
            <Button onPress={() => goTo(`/exports?open=${pair.record_id}`)}>
              {t("open_export")}
            </Button>
          )}
          {pair.document_id && page && (
            <Button onPress={() => goTo(`${page}/${pair.document_id}`)}>
              {t("open_document")}
            </Button>
          )}
        </>
      }
    >
      <PanelSection title={t(`outcome_${pair.outcome}` as "outcome_differing", { system })}>
        <p className={s.standing}>{advice}</p>
        {pair.accepted && (
          <Note tone="info">
            {t("accepted_by", { actor: pair.accepted.actor })} <Moment of={pair.accepted.at} />:{" "}
            {pair.accepted.reason}
          </Note>
        )}
      </PanelSection>
      <PanelSection title={t("both_sides")}>
        <Table
          label={t("both_sides")}
          rows={FIELDS}
          rowId={(field) => field}
          columns={[
            {
              id: "field",
              header: t("field"),
              cell: (field) =>
                pair.fields.includes(field) ? (
                  <b className="fg-danger">
                    {fieldWord(t, field)} <span className="sr">{t("differs")}</span>
                  </b>
                ) : (
                  fieldWord(t, field)
                ),
            },
            { id: "ours", header: t("ours"), align: "end", cell: (f) => said(t, f, pair.ours) },
            { id: "theirs", header: system, align: "end", cell: (f) => said(t, f, pair.theirs) },
          ]}
        />
      </PanelSection>
      {deed && (
        <DeedDialog
          deed={deed}
          pair={pair}
          view={view}
          label={labelOf(t, pair)}
          system={system}
          onClose={() => setDeed(undefined)}
        />
      )}
    </Peek>
  );
}

/** What advice fits: what was never sent needs another word than what is gone there. */
function adviceOf({ outcome, ours, theirs, fields, can_send_again }: PairView): string {
  if (outcome === "differing" && fields.includes("link")) return "link";
  if (outcome === "missing_there" && theirs && !can_send_again) return "voided";
  if (outcome === "missing_there" && ours?.state !== "sent") return "unsent";
  if (outcome === "missing_here" && ours) return "ended";
  return outcome;
}

function said(
  t: ReturnType<typeof useTranslation<"reconcile">>["t"],
  field: FieldName,
  side: SideView | null,
) {
  if (!side) return <span className="t3">–</span>;
  switch (field) {
    case "number":
      return <span className="num">{side.label || "–"}</span>;
    case "contact":
      return side.customer || "–";
    case "date":
    case "due_date":
      return <Day of={side[field]} />;
    case "net":
    case "vat":
    case "gross":
    case "open":
      return <Amount of={side[field]} withCurrency={field === "gross"} />;
    case "state":
      return t(`state_${side.state}` as "state_live", { defaultValue: side.state });
  }
}
