import { Link } from "@tanstack/react-router";
import { PencilLine, ReceiptText, ScrollText } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { HistoryButton } from "~/app/HistoryButton";
import { useCommands } from "~/commands/registry";
import { formatAmount } from "~/domain/money";
import { goTo } from "~/domain/places";
import { faultOf, faultText } from "~/ipc/errors";
import type { PaidStudent } from "~/ipc/gen/PaidStudent";
import type { PayerView } from "~/ipc/gen/PayerView";
import { useReachFacts } from "~/ui/person/ReachBy";
import {
  Amount,
  Button,
  Facts,
  Figure,
  Page,
  PageHead,
  Pill,
  Table,
  UnreadPage,
} from "~/ui/primitives";
import { useTermsText } from "~/ui/terms/TermsField";
import { usePayer } from "./api";
import { PayerDialog } from "./PayerDialog";
import s from "./Payers.module.css";
import { payerRoute } from "./routes";

/** One payer: what is open of what was billed to it, whom it pays for, and how to reach it. */
export function PayerScreen() {
  const { t } = useTranslation("payers");
  const { id } = payerRoute.useParams();
  const payer = usePayer(id);
  if (payer.error || !payer.data)
    return (
      <UnreadPage
        crumb={<Link to="/payers">{t("title")}</Link>}
        title={t("payer")}
        fault={payer.error ? faultText(faultOf(payer.error)) : undefined}
        action={<Link to="/payers">{t("to_list")}</Link>}
      />
    );
  return <Loaded payer={payer.data} />;
}

function Loaded({ payer }: { payer: PayerView }) {
  const { t } = useTranslation("payers");
  const [isChanging, setChanging] = useState(false);
  const { row } = payer;
  const change = () => setChanging(true);
  const invoices = () => goTo(`/invoices?payer=${row.id}`);
  const statement = () => goTo(`/payers/${row.id}/statement`);
  const verb = (id: string, title: string, keys: string, run: () => void) =>
    ({ id: `payer.${id}`, title: () => title, group: "screen", keys, run }) as const;
  useCommands([
    verb("change", t("change"), "e", change),
    verb("invoices", t("show_invoices"), "v", invoices),
    verb("statement", t("statement"), "s", statement),
  ]);
  return (
    <Page>
      <PageHead
        crumb={<Link to="/payers">{t("title")}</Link>}
        title={row.name}
        badge={
          row.active ? undefined : (
            <Pill tone="neutral" shape="draft">
              {t("inactive")}
            </Pill>
          )
        }
        sub={[row.number, t(`kind_${row.kind as "guardian"}`)].join(" · ")}
        actions={
          <>
            <HistoryButton about={`payer/${row.id}`} />
            <Button variant="quiet" icon={ScrollText} keys="s" onPress={statement}>
              {t("statement")}
            </Button>
            <Button icon={ReceiptText} onPress={invoices}>
              {t("show_invoices")}
            </Button>
            <Button variant="primary" icon={PencilLine} keys="e" onPress={change}>
              {t("change")}
            </Button>
          </>
        }
      />
      <Head payer={payer} />
      <section className={s.part}>
        <h2 className={s.partName}>{t("pays_for")}</h2>
        <Students rows={payer.students} currency={row.open.currency} />
      </section>
      {isChanging && <PayerDialog payer={payer} onClose={() => setChanging(false)} />}
    </Page>
  );
}

function Head({ payer }: { payer: PayerView }) {
  const { t } = useTranslation("payers");
  const termsText = useTermsText();
  const { row, person } = payer;
  const none = <span className="t3">–</span>;
  const reach = useReachFacts(person.reach_by);
  const town = [person.address.postal_code, person.address.city].filter(Boolean).join(" ");
  const lines = [person.address.line1, person.address.line2, town].filter(Boolean).join("\n");
  return (
    <section className={`${s.part} ${s.headline}`}>
      <Figure
        size="page"
        label={t("open")}
        unit={row.open.currency}
        value={<Amount of={row.open} look="strong" />}
      />
      <Figure
        label={t("overdue")}
        unit={row.overdue.currency}
        value={<Amount of={row.overdue} look="late" />}
      />
      <Facts
        facts={[
          { label: t("org_number"), value: <span className="num">{row.org_number || none}</span> },
          {
            label: t("vat_number"),
            value: <span className="num">{payer.vat_number || none}</span>,
          },
          { label: t("reference"), value: row.reference || none },
          {
            label: t("terms"),
            value: row.terms ? (
              termsText(row.terms)
            ) : (
              <span className="t2">{t("terms_of_school")}</span>
            ),
          },
        ]}
      />
      <Facts
        facts={[
          { label: t("email"), value: person.email || none },
          { label: t("phone"), value: <span className="num">{person.phone || none}</span> },
          ...reach,
          { label: t("address"), value: <span className={s.lines}>{lines || none}</span> },
        ]}
      />
    </section>
  );
}

function Students({ rows, currency }: { rows: readonly PaidStudent[]; currency: string }) {
  const { t } = useTranslation("payers");
  if (rows.length === 0) return <p className="t2">{t("pays_for_nobody")}</p>;
  const share = (row: PaidStudent) => {
    if (row.part === "percent") return `${row.value} %`;
    if (row.part === "amount") return formatAmount({ amount: row.value, currency });
    return t("what_is_left");
  };
  return (
    <Table
      label={t("pays_for")}
      rows={rows}
      rowId={(row) => row.id}
      columns={[
        {
          id: "name",
          header: t("student"),
          cell: (row) => (
            <Link to="/students/$id" params={{ id: row.id }}>
              {row.name} <span className="num t2">{row.number}</span>
            </Link>
          ),
        },
        {
          id: "share",
          header: t("share"),
          align: "end",
          width: "160px",
          cell: (row) => <span className="num">{share(row)}</span>,
        },
      ]}
    />
  );
}
