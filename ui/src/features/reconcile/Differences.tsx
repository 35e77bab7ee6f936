import { useTranslation } from "react-i18next";
import type { PairView } from "~/ipc/gen/PairView";
import { Amount, Day, Pill, Table } from "~/ui/primitives";
import s from "./Reconcile.module.css";
import { fieldWord, labelOf, OUTCOMES, oneWord } from "./words";

interface DifferencesProps {
  pairs: PairView[];
  system: string;
  openKey: string | undefined;
  onOpen: (key: string) => void;
}

/** What does not agree, by cause; each opens to the pair. */
export function Differences({ pairs, system, openKey, onOpen }: DifferencesProps) {
  const { t } = useTranslation("reconcile");
  const groups = OUTCOMES.map((outcome) => ({
    outcome,
    rows: pairs.filter((pair) => pair.outcome === outcome),
  }));
  return groups
    .filter(({ rows }) => rows.length > 0)
    .map(({ outcome, rows }) => (
      <section key={outcome} className={s.group}>
        <h3 className={s.cause}>
          {t(`outcome_${outcome}`, { system })} <span className="num t2">{rows.length}</span>
        </h3>
        <Table
          label={t(`outcome_${outcome}`, { system })}
          look="page"
          rows={rows}
          rowId={(pair) => pair.key}
          columns={[
            {
              id: "label",
              header: t("document"),
              width: "180px",
              cell: (pair) => (
                <button
                  type="button"
                  className={s.open}
                  aria-expanded={pair.key === openKey}
                  onClick={() => onOpen(pair.key)}
                >
                  {labelOf(t, pair)}
                </button>
              ),
            },
            {
              id: "kind",
              header: t("kind"),
              width: "120px",
              cell: (pair) => oneWord(t, pair.kind),
            },
            {
              id: "customer",
              header: t("customer"),
              cell: (pair) => pair.ours?.customer || pair.theirs?.customer || "–",
            },
            {
              id: "date",
              header: t("date"),
              width: "110px",
              cell: (pair) => <Day of={pair.ours?.date ?? pair.theirs?.date} />,
            },
            {
              id: "ours",
              header: t("ours"),
              align: "end",
              width: "120px",
              cell: (pair) => <Amount of={pair.ours?.gross} />,
            },
            {
              id: "theirs",
              header: system,
              align: "end",
              width: "120px",
              cell: (pair) => <Amount of={pair.theirs?.gross} />,
            },
            {
              id: "what",
              header: t("what"),
              width: "200px",
              cell: (pair) => (
                <span className={s.what}>
                  {whatOf(t, pair)}
                  {pair.accepted && (
                    <Pill tone="neutral" shape="check" isQuiet>
                      {t("accepted")}
                    </Pill>
                  )}
                </span>
              ),
            },
          ]}
        />
      </section>
    ));
}

/** The fields that differ; of what is there and does not count, why not. */
function whatOf(t: ReturnType<typeof useTranslation<"reconcile">>["t"], pair: PairView): string {
  const { fields, outcome, theirs } = pair;
  if (outcome === "missing_there" && theirs)
    return t(`state_${theirs.state}` as "state_live", { defaultValue: theirs.state });
  return fields.map((field) => fieldWord(t, field)).join(", ");
}
