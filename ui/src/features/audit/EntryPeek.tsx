import { ExternalLink } from "lucide-react";
import { useTranslation } from "react-i18next";
import { goTo, placeOf } from "~/domain/places";
import { faultText } from "~/ipc/errors";
import type { AuditEntry } from "~/ipc/gen/AuditEntry";
import {
  Amount,
  Button,
  Facts,
  Moment,
  Note,
  PanelSection,
  Peek,
  SkeletonLines,
} from "~/ui/primitives";
import s from "./Audit.module.css";
import { useEntry } from "./api";
import { nameOf } from "./columns";
import { aboutWord, fieldWord, kindWord } from "./words";

const PAGES = ["student", "payer", "invoice", "credit_note", "payment", "import"];

interface EntryPeekProps {
  id: string;
  onClose: () => void;
  /** Shows everything about the same thing. */
  onAbout: (about: string) => void;
}

/** One entry: who, when, what, the values before and after, and its place in the chain. */
export function EntryPeek({ id, onClose, onAbout }: EntryPeekProps) {
  const { t } = useTranslation("audit");
  const { data, error } = useEntry(id);
  const about = data?.row.about;
  return (
    <Peek
      title={data ? kindWord(data.row.kind) : "…"}
      onClose={onClose}
      foot={
        about && (
          <>
            {PAGES.includes(about.kind) && (
              <Button icon={ExternalLink} onPress={() => goTo(placeOf(about.kind, about.id))}>
                {t("open_thing")}
              </Button>
            )}
            {about.kind !== "" && (
              <Button
                variant="quiet"
                onPress={() => onAbout([about.kind, about.id].filter(Boolean).join("/"))}
              >
                {t("only_this")}
              </Button>
            )}
          </>
        )
      }
    >
      {error && (
        <PanelSection>
          <Note tone="danger">{faultText(error.fault)}</Note>
        </PanelSection>
      )}
      {!data && !error && (
        <PanelSection>
          <SkeletonLines count={6} />
        </PanelSection>
      )}
      {data && <Entry entry={data} />}
    </Peek>
  );
}

function Entry({ entry }: { entry: AuditEntry }) {
  const { t } = useTranslation("audit");
  const { row } = entry;
  return (
    <>
      <PanelSection>
        <Facts
          facts={[
            { label: t("who"), value: nameOf(row, t) },
            { label: t("at"), value: <Moment of={row.at} /> },
            { label: t("desk"), value: row.desk },
            ...(row.about.kind
              ? [{ label: aboutWord(row.about.kind), value: row.label || "–" }]
              : []),
            ...(row.amount
              ? [{ label: t("amount"), value: <Amount of={row.amount} withCurrency /> }]
              : []),
            ...(row.reason ? [{ label: t("reason"), value: row.reason }] : []),
          ]}
        />
      </PanelSection>
      <PanelSection title={t(entry.replaces ? "changed" : "recorded")}>
        {entry.changes.length === 0 ? (
          <p className="t2">{t("nothing_changed")}</p>
        ) : (
          <dl className={s.changes}>
            {entry.changes.map((change) => (
              <div key={change.field}>
                <dt title={change.field}>{fieldWord(change.field)}</dt>
                <dd>
                  {change.old !== null && (
                    <>
                      <del title={t("old")}>{change.old || "–"}</del>
                      <span className="t3" aria-hidden>
                        {" → "}
                      </span>
                    </>
                  )}
                  <ins title={t("new")}>{change.new || "–"}</ins>
                </dd>
              </div>
            ))}
          </dl>
        )}
      </PanelSection>
      <PanelSection title={t("in_chain")} end={<span className="num">{entry.sequence}</span>}>
        <code className={s.hash}>{entry.hash}</code>
      </PanelSection>
    </>
  );
}
