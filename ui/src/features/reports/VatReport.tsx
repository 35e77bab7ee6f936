import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { periodName } from "~/domain/periods";
import { useDesk } from "~/ipc/desk";
import type { VatCodeRow } from "~/ipc/gen/VatCodeRow";
import type { VatPart } from "~/ipc/gen/VatPart";
import { usePreferences } from "~/ui/preferences";
import { Amount, EmptyState, Table } from "~/ui/primitives";
import { useVat } from "./api";
import { BarSelect, DepartmentSelect, ReportBar } from "./ReportBar";
import { ReportBody } from "./ReportBody";
import s from "./Reports.module.css";
import type { ReportProps } from "./ReportsScreen";
import { daysOf, everyOf, VAT_EVERY } from "./search";

type Every = (typeof VAT_EVERY)[number];

/** Turnover and VAT by code and term; a code opens its documents. */
export function VatReport({ search, onChange }: ReportProps) {
  const { t } = useTranslation("reports");
  const { today } = useDesk();
  const { from, to } = daysOf(search, today);
  const every = everyOf(search) as Every;
  const answer = useVat({ from, to, every, department_id: search.department ?? null });
  return (
    <>
      <ReportBar search={search} onChange={onChange}>
        <BarSelect<Every>
          label={t("term")}
          value={every}
          options={VAT_EVERY.map((id) => ({ id, name: t(`every_${id}`) }))}
          onChange={(next) => onChange({ every: next })}
        />
        <DepartmentSelect search={search} onChange={onChange} />
      </ReportBar>
      <ReportBody label={t("report_vat")} answer={answer} currency={(part) => part.currency}>
        {(part) => <Part part={part} department={search.department} />}
      </ReportBody>
    </>
  );
}

/** A block of rows: one term, or all of them together. */
interface Block {
  id: string;
  name: string;
  from: string;
  to: string;
  codes: readonly VatCodeRow[];
  sums: Pick<VatPart, "net" | "vat" | "gross">;
}

function Part({ part, department }: { part: VatPart; department: string | undefined }) {
  const { t } = useTranslation("reports");
  const { language } = usePreferences();
  if (part.codes.length === 0) return <EmptyState kind="no_match" title={t("nothing_invoiced")} />;
  const blocks: Block[] = part.periods
    .filter((period) => period.codes.length > 0)
    .map((period) => ({
      ...period,
      id: period.from,
      name: periodName(period, language),
      sums: period,
    }));
  const [first] = part.periods;
  const last = part.periods.at(-1);
  if (blocks.length > 1 && first && last)
    blocks.push({
      id: "all",
      name: t("whole_period"),
      from: first.from,
      to: last.to,
      codes: part.codes,
      sums: part,
    });
  return blocks.map((block) => (
    <section key={block.id} className={s.block}>
      <h2 className={s.blockHead}>{block.name}</h2>
      <Codes block={block} currency={part.currency} department={department} />
    </section>
  ));
}

interface CodesProps {
  block: Block;
  currency: string;
  department: string | undefined;
}

function Codes({ block, currency, department }: CodesProps) {
  const { t } = useTranslation("reports");
  const { from, to, sums } = block;
  const money = (id: "net" | "vat" | "gross", header: string) => ({
    id,
    header,
    align: "end" as const,
    width: "144px",
    sum: <Amount of={sums[id]} />,
    cell: (row: VatCodeRow) => <Amount of={row[id]} look={id === "vat" ? "main" : "plain"} />,
  });
  return (
    <Table<VatCodeRow>
      label={block.name}
      look="page"
      rows={block.codes}
      rowId={(row) => `${row.code} ${row.rate} ${row.category}`}
      columns={[
        { id: "code", header: t("code"), width: "72px", sum: t("total"), cell: (row) => row.code },
        {
          id: "name",
          header: t("code_name"),
          cell: (row) => (
            <Link
              to="/reports/documents"
              search={{
                from,
                to,
                currency,
                department,
                code: row.code,
                rate: row.rate,
                name: row.name || row.code,
              }}
              className={s.link}
            >
              {row.name || row.code}
            </Link>
          ),
        },
        {
          id: "rate",
          header: t("rate"),
          align: "end",
          width: "80px",
          cell: (row) => <span className="num t2">{row.rate.replace(".", ",")} %</span>,
        },
        money("net", t("turnover")),
        money("vat", t("vat")),
        money("gross", t("gross")),
      ]}
    />
  );
}
