import { Copy } from "lucide-react";
import { useTranslation } from "react-i18next";
import { goTo, placeOf } from "~/domain/places";
import { causeWords } from "~/i18n/causes";
import { rpc } from "~/ipc/client";
import { faultOf, faultText } from "~/ipc/errors";
import type { ExportDetail } from "~/ipc/gen/ExportDetail";
import { useNamedCauses } from "~/ipc/namedCauses";
import { usePreferences } from "~/ui/preferences";
import {
  Amount,
  Button,
  Day,
  ExportPill,
  Facts,
  IconButton,
  Note,
  PanelSection,
  Peek,
  SkeletonLines,
  toast,
} from "~/ui/primitives";
import { Attempts } from "./Attempts";
import { useExport } from "./api";
import { kindWord, There } from "./columns";
import s from "./Exports.module.css";
import { readable } from "./readable";

export interface ExportPeekProps {
  id: string;
  systemName: (key: string) => string;
  onClose: () => void;
}

/** One record with everything that was tried, beside the list. */
export function ExportPeek({ id, systemName, onClose }: ExportPeekProps) {
  const { t } = useTranslation("exports");
  const { data, error } = useExport(id);
  const row = data?.row;
  const path = row?.page ? placeOf(row.page.kind, row.page.id) : undefined;
  return (
    <Peek
      title={
        row ? (
          <>
            <span className="num">{row.label}</span>{" "}
            <span className="t2">{t("in_system", { system: systemName(row.system) })}</span>
          </>
        ) : (
          "…"
        )
      }
      badge={row && <ExportPill status={row.state} look="header" />}
      onClose={onClose}
      foot={
        row && (
          <>
            {row.state === "attention" && row.cause && (
              <Button
                variant="primary"
                onPress={() => goTo(`/review?cause=${encodeURIComponent(row.cause ?? "")}`)}
              >
                {t("solve")}
              </Button>
            )}
            {path && (
              <Button onPress={() => goTo(path)}>{t("open_document", { label: row.label })}</Button>
            )}
            <span className="grow" />
            <IconButton
              icon={Copy}
              label={t("copy")}
              onPress={() => void copyReport(row.id, t("copied"))}
            />
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
          <SkeletonLines count={5} />
        </PanelSection>
      )}
      {data && <Detail detail={data} systemName={systemName} />}
    </Peek>
  );
}

type Systems = Pick<ExportPeekProps, "systemName">;

function Detail({ detail, systemName }: Systems & { detail: ExportDetail }) {
  const { t } = useTranslation("exports");
  const { language } = usePreferences();
  const { row, cause, content } = detail;
  const system = systemName(row.system);
  const named = useNamedCauses(cause ? [cause] : []);
  const words = cause && causeWords(named(cause), system);
  return (
    <>
      <PanelSection>
        <p className={s.standing}>
          {words ? (
            <>
              <b>{words.title}.</b> {words.happened}
            </>
          ) : (
            t(`state_${row.state}` as "state_sent", { system, defaultValue: "" })
          )}
        </p>
        <Facts
          facts={[
            { label: t("kind"), value: kindWord(t, row.kind) },
            { label: t("student"), value: row.student },
            ...(row.amount
              ? [{ label: t("amount"), value: <Amount of={row.amount} withCurrency /> }]
              : []),
            { label: t("date"), value: <Day of={row.date} look="long" /> },
            ...(row.external_number
              ? [{ label: t("found_there"), value: <There row={row} system={system} t={t} /> }]
              : []),
          ]}
        />
      </PanelSection>
      {content.length > 0 && (
        <PanelSection title={t("what_we_send")} end={t("revision", { n: detail.revision })}>
          <dl className={s.words}>
            {content.map((line, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the facts of a document never move
              <div key={at}>
                <dt>{t(`label_${line.label}` as "label_date", { defaultValue: line.label })}</dt>
                <dd>{readable(line.value, language)}</dd>
              </div>
            ))}
          </dl>
        </PanelSection>
      )}
      <PanelSection
        title={t("attempts")}
        end={<span className="num">{detail.attempts.length}</span>}
      >
        <Attempts attempts={detail.attempts} />
      </PanelSection>
      <PanelSection title={t("key")}>
        <code className={s.key}>{detail.idempotency_key || "–"}</code>
      </PanelSection>
    </>
  );
}

/** What whoever helps needs, without anything that tells who the customer is. */
async function copyReport(record_id: string, said: string) {
  try {
    const { text } = await rpc("support_report", { cause_id: null, record_id });
    await navigator.clipboard.writeText(text);
    toast({ text: said, tone: "info" });
  } catch (thrown) {
    toast({ text: faultText(faultOf(thrown)), tone: "danger" });
  }
}
