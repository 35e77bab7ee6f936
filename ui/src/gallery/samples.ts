/* Invented rows for the gallery and for tests of the grid. */

import { addDays, type IsoDate } from "~/domain/dates";
import type { Money } from "~/domain/money";
import type { ExportStatus, InvoiceStatus } from "~/domain/status";

export interface SampleInvoice {
  id: string;
  number: string;
  student: string;
  payer?: string;
  issued: IsoDate;
  due: IsoDate;
  overdueDays?: number;
  total: Money;
  balance: Money;
  status: InvoiceStatus;
  exported: ExportStatus;
}

const NAMES = ["Sofie Myhre", "Noah Bakke", "Amalie Torvik", "Mathias Eikeland", "Emma Haugland"];
const STATUSES: InvoiceStatus[] = [
  "open",
  "open",
  "paid",
  "overdue",
  "part_paid",
  "credit",
  "draft",
];
const EXPORTS: ExportStatus[] = ["waiting", "sent", "sent", "attention", "checking", "sent"];
const AMOUNTS = ["7500.00", "1580.00", "10900.00", "3950.00", "12420.00", "-790.00", "14165.00"];

export function sampleInvoice(index: number): SampleInvoice {
  const status = STATUSES[index % STATUSES.length] as InvoiceStatus;
  const amount = AMOUNTS[index % AMOUNTS.length] as string;
  const issued = addDays("2026-11-20", -(index % 400));
  const nok = (value: string): Money => ({ amount: value, currency: "NOK" });
  return {
    id: `inv-${index}`,
    number: status === "draft" ? "–" : `A-${10483 - (index % 9000)}`,
    student: NAMES[index % NAMES.length] as string,
    payer: index % 5 === 2 ? "Torvik AS" : undefined,
    issued,
    due: addDays(issued, 14),
    overdueDays: status === "overdue" ? 7 + (index % 40) : undefined,
    total: nok(amount),
    balance: nok(status === "paid" ? "0.00" : amount),
    status,
    exported: EXPORTS[index % EXPORTS.length] as ExportStatus,
  };
}

export async function samplePage(offset: number, limit: number, total = 100_000) {
  const length = Math.max(0, Math.min(limit, total - offset));
  return {
    rows: Array.from({ length }, (_, at) => sampleInvoice(offset + at)),
    total,
    snapshot: "1",
  };
}
