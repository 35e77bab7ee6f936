import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useCommands } from "~/commands/registry";
import { goTo } from "~/domain/places";
import type { ConflictView } from "~/ipc/gen/ConflictView";
import { Amount, Button, Day, Note, Table } from "~/ui/primitives";
import s from "./Conflicts.module.css";
import { DecideDialog } from "./DecideDialog";
import { choiceOf, fieldOf, happenedOf, labelOf, moneyOf, saidOf, titleOf } from "./words";

interface ConflictDetailProps {
  conflict: ConflictView;
  system: string;
}

const MONEY = ["amount", "vat", "refunded"];

const PAGES: Record<string, string> = {
  invoice: "/invoices",
  credit_note: "/invoices/credit-notes",
};

/** What happened, the three sides field by field, and what may be decided. */
export function ConflictDetail({ conflict, system }: ConflictDetailProps) {
  const { t } = useTranslation("conflicts");
  const [choice, setChoice] = useState<string>();
  const [usual] = conflict.choices;
  const page = PAGES[conflict.kind];
  useCommands([
    {
      id: "conflicts.decide",
      title: () => t("decide"),
      group: "screen",
      keys: "mod+enter",
      when: () => choice === undefined && usual !== undefined,
      run: () => setChoice(usual),
    },
  ]);
  return (
    <section className={s.detail} aria-label={labelOf(t, conflict)}>
      <header className={s.detailHead}>
        <h2>{titleOf(t, conflict.cause, system)}</h2>
        <p className="t2">{labelOf(t, conflict)}</p>
      </header>
      <div className={s.happened}>
        <p>{happenedOf(t, conflict.cause, system)}</p>
        {conflict.automatic && <Note tone="info">{t("automatic", { system })}</Note>}
      </div>
      <ThreeSides conflict={conflict} system={system} />
      <footer className={s.foot}>
        {conflict.choices.map((one) => (
          <Button
            key={one}
            variant={one === usual ? "primary" : undefined}
            keys={one === usual ? "mod+enter" : undefined}
            onPress={() => setChoice(one)}
          >
            {choiceOf(t, one, system)}
          </Button>
        ))}
        {conflict.document_id && page && (
          <Button onPress={() => goTo(`${page}/${conflict.document_id}`)}>
            {t("open_document")}
          </Button>
        )}
        {conflict.student_id && (
          <Button onPress={() => goTo(`/students/${conflict.student_id}`)}>
            {t("open_student")}
          </Button>
        )}
      </footer>
      {choice && (
        <DecideDialog
          conflict={conflict}
          choice={choice}
          system={system}
          onClose={() => setChoice(undefined)}
        />
      )}
    </section>
  );
}

/** As it was last agreed, as it is here, as it is there. */
function ThreeSides({ conflict, system }: ConflictDetailProps) {
  const { t } = useTranslation("conflicts");
  const said = (field: string, text: string | null) =>
    text ? <span className={s.said}>{shown(field, text)}</span> : <span className="t3">–</span>;
  const shown = (field: string, text: string) => {
    if (field === "date" || field === "due_date") return <Day of={text} look="long" />;
    const money = MONEY.includes(field) ? moneyOf(text) : null;
    return money ? <Amount of={money} withCurrency /> : saidOf(t, field, text);
  };
  return (
    <div className={s.sides}>
      <Table
        label={t("three_sides")}
        look="page"
        rows={conflict.fields}
        rowId={(row) => row.field}
        columns={[
          {
            id: "field",
            header: t("field"),
            width: "22%",
            cell: (row) =>
              row.differs ? (
                <b className="fg-danger">
                  {fieldOf(t, row.field)} <span className="sr">{t("differs")}</span>
                </b>
              ) : (
                fieldOf(t, row.field)
              ),
          },
          { id: "agreed", header: t("agreed"), cell: (row) => said(row.field, row.agreed) },
          { id: "ours", header: t("here"), cell: (row) => said(row.field, row.ours) },
          { id: "theirs", header: system, cell: (row) => said(row.field, row.theirs) },
        ]}
      />
    </div>
  );
}
