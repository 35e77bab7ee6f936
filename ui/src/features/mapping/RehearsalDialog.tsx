import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { faultText } from "~/ipc/errors";
import type { RehearsalView } from "~/ipc/gen/RehearsalView";
import type { RehearsalWarning } from "~/ipc/gen/RehearsalWarning";
import type { RehearsedCode } from "~/ipc/gen/RehearsedCode";
import type { RehearsedLine } from "~/ipc/gen/RehearsedLine";
import { Amount, Button, Day, Dialog, Facts, Note, Table, TextField } from "~/ui/primitives";
import { useRehearsal } from "./api";
import s from "./Rehearsal.module.css";

export interface RehearsalDialogProps {
  connectionId: string;
  systemName: string;
  /** Changes of the page that are not saved: the test run does not know them. */
  unsaved: number;
  onClose: () => void;
}

/** What a document would look like there, as the mapping is saved. Nothing is sent. */
export function RehearsalDialog(props: RehearsalDialogProps) {
  const { connectionId, systemName: system, unsaved, onClose } = props;
  const { t } = useTranslation("mapping");
  const [number, setNumber] = useState("");
  const [asked, setAsked] = useState<string | null>(null);
  const { data, error, isFetching } = useRehearsal(connectionId, asked);
  function ask(event: FormEvent) {
    event.preventDefault();
    if (number.trim() !== "") setAsked(number.trim());
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      width="wide"
      title={t("test_title", { system })}
      actions={
        <Button size="form" onPress={onClose}>
          {t("close")}
        </Button>
      }
    >
      <p className={s.lead}>{t(unsaved > 0 ? "test_unsaved" : "test_body", { system })}</p>
      <form className={s.ask} onSubmit={ask}>
        <TextField
          label={t("test_number")}
          value={number}
          onChange={setNumber}
          error={error && asked !== null ? faultText(error.fault) : undefined}
          isNumeric
          autoFocus
        />
        <Button size="form" variant="primary" type="submit" isBusy={isFetching}>
          {t("test_verb")}
        </Button>
      </form>
      {data && !error && <Rehearsal of={data} system={system} />}
    </Dialog>
  );
}

function Rehearsal({ of, system }: { of: RehearsalView; system: string }) {
  const { t } = useTranslation("mapping");
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls takes the keys
    <section className={s.result} tabIndex={0} aria-label={t("test_result", { number: of.number })}>
      {of.warnings.map((warning) => (
        <Warning key={JSON.stringify(warning)} of={warning} system={system} />
      ))}
      <Facts
        facts={[
          { label: t(`test_kind_${of.kind}` as "test_kind_invoice"), value: of.number },
          { label: t("test_company"), value: of.company },
          { label: t("test_customer"), value: of.customer },
          { label: t("test_date"), value: <Day of={of.date} /> },
          { label: t("test_due"), value: <Day of={of.due_date} /> },
          {
            label: t("test_currency"),
            value: of.rate ? `${of.currency} · ${of.rate}` : of.currency,
          },
          ...(of.tracking
            ? [
                {
                  label: t("test_department"),
                  value: <Tracking of={of.tracking} />,
                },
              ]
            : []),
        ]}
      />
      <Lines of={of} />
      {of.body !== null && (
        <details className={s.raw}>
          <summary>{t("test_raw")}</summary>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls takes the keys */}
          <pre tabIndex={0}>{indented(of.body)}</pre>
        </details>
      )}
    </section>
  );
}

/** The body with a line for each field: the same JSON, for eyes. Numbers stay as they are written. */
function indented(body: string): string {
  let depth = 0;
  let isText = false;
  let out = "";
  for (const [at, sign] of [...body].entries()) {
    if (sign === '"' && body[at - 1] !== "\\") isText = !isText;
    if (isText) out += sign;
    else if (sign === "{" || sign === "[") {
      depth += 1;
      out += `${sign}\n${"  ".repeat(depth)}`;
    } else if (sign === "}" || sign === "]") {
      depth -= 1;
      out += `\n${"  ".repeat(depth)}${sign}`;
    } else if (sign === ",") out += `,\n${"  ".repeat(depth)}`;
    else out += sign === ":" ? ": " : sign;
  }
  return out;
}

function Warning({ of, system }: { of: RehearsalWarning; system: string }) {
  const { t } = useTranslation("mapping");
  const isTold = of.code === "customer_first" || of.code === "queued";
  return (
    <Note tone={isTold ? "info" : "warning"}>
      {t(`test_warn_${of.code}` as "test_warn_locked", { ...of.params, system })}
    </Note>
  );
}

function Lines({ of }: { of: RehearsalView }) {
  const { t } = useTranslation("mapping");
  const rows = of.lines.map((line, at) => ({ line, at }));
  const money = (pick: (line: RehearsedLine) => RehearsedLine["net"]) =>
    function cell({ line }: { line: RehearsedLine }) {
      return <Amount of={pick(line)} />;
    };
  return (
    <Table
      label={t("test_lines")}
      rows={rows}
      rowId={({ at }) => String(at)}
      columns={[
        {
          id: "text",
          header: t("test_text"),
          cell: ({ line }) => (
            <span className={s.code}>
              {line.description}
              {line.text_rule !== null && (
                <span className="small t3">{t("test_text_rule", { name: line.text_rule })}</span>
              )}
            </span>
          ),
        },
        {
          id: "account",
          header: t("test_account"),
          cell: ({ line }) => <Code of={line.account} />,
        },
        { id: "tax", header: t("test_tax"), cell: ({ line }) => <Code of={line.tax_code} /> },
        {
          id: "price",
          header: t("test_price"),
          width: "104px",
          align: "end",
          cell: ({ line }) => `${line.quantity} × ${line.unit_price}`,
        },
        {
          id: "net",
          header: t("test_net"),
          width: "88px",
          align: "end",
          cell: money((it) => it.net),
          sum: <Amount of={of.net} />,
        },
        {
          id: "vat",
          header: t("test_vat"),
          width: "80px",
          align: "end",
          cell: money((it) => it.vat),
          sum: <Amount of={of.vat} />,
        },
        {
          id: "gross",
          header: t("test_gross"),
          width: "96px",
          align: "end",
          cell: money((it) => it.gross),
          sum: <Amount of={of.gross} />,
        },
      ]}
    />
  );
}

/** The code there with its name, and what of ours it stands for. */
function Code({ of }: { of: RehearsedCode }) {
  const { t } = useTranslation("mapping");
  return (
    <span className={s.code}>
      {of.code === null ? (
        <span className="fg-danger">{t("not_mapped")}</span>
      ) : (
        <span>
          <span className="num">{of.code}</span> {of.name === of.code ? "" : of.name}
        </span>
      )}
      <span className="small t3">{of.ours}</span>
      {of.rule !== null && <span className="small t3">{t("test_rule", { name: of.rule })}</span>}
    </span>
  );
}

/** What the document's department, or a rule, has it go under. */
function Tracking({ of }: { of: RehearsedCode }) {
  const { t } = useTranslation("mapping");
  const name = of.name ?? t("not_told");
  return (
    <span className={s.code}>
      <span>{of.ours === "" ? name : `${of.ours} → ${name}`}</span>
      {of.rule !== null && <span className="small t3">{t("test_rule", { name: of.rule })}</span>}
    </span>
  );
}
