import {
  Ban,
  Bell,
  CircleArrowLeft,
  Ellipsis,
  Plug,
  RefreshCw,
  Upload,
  Wallet,
} from "lucide-react";
import { useState } from "react";
import type { ExportStatus, InvoiceStatus } from "~/domain/status";
import {
  AddChip,
  Amount,
  Banner,
  Button,
  Chip,
  EmptyState,
  ExportPill,
  Facts,
  IconButton,
  InvoicePill,
  Lamp,
  Menu,
  Note,
  Progress,
  SkeletonLines,
  Table,
  Tabs,
  Toolbar,
} from "~/ui/primitives";
import s from "./Gallery.module.css";

const nok = (amount: string) => ({ amount, currency: "NOK" });

export function ButtonSample() {
  return (
    <>
      <div className={s.line}>
        <Button variant="primary" keys="mod+enter">
          Issue
        </Button>
        <Button>Save draft</Button>
        <Button variant="danger">Void…</Button>
        <Button variant="danger-fill">Void A-10461</Button>
        <Button variant="quiet">Cancel</Button>
      </div>
      <div className={s.line}>
        <Button icon={RefreshCw} isBusy>
          Issuing
        </Button>
        <Button icon={Ban} disabledReason="Only the owner may write off">
          Write off
        </Button>
        <Button icon={Upload}>Export</Button>
        <Button size="small">Small</Button>
        <Menu
          label="A-10461"
          trigger={<IconButton icon={Ellipsis} label="More" />}
          groups={[
            {
              id: "a",
              title: "A-10461",
              actions: [
                { id: "pay", label: "Record payment", icon: Wallet, keys: "r" },
                { id: "remind", label: "Remind", icon: Bell, keys: "m" },
                { id: "credit", label: "Correct with credit note…", icon: CircleArrowLeft },
                { id: "off", label: "Write off…", icon: Ban, disabledReason: "owner only" },
              ],
            },
          ]}
        />
      </div>
    </>
  );
}

const INVOICES: InvoiceStatus[] = [
  "draft",
  "scheduled",
  "kept_back",
  "open",
  "paid",
  "part_paid",
  "overdue",
  "credit",
  "credited",
];
const EXPORTS: ExportStatus[] = ["none", "waiting", "sending", "sent", "checking", "attention"];

export function StatusSample() {
  return (
    <>
      <div className={s.line}>
        {INVOICES.map((i) => (
          <InvoicePill key={i} status={i} isHeader />
        ))}
      </div>
      <div className={s.line}>
        {EXPORTS.map((e) => (
          <ExportPill key={e} status={e} />
        ))}
      </div>
      <div className={s.line}>
        <Lamp state="clear" /> <Lamp state="watch" /> <Lamp state="blocked" />
        {EXPORTS.map((e) => (
          <ExportPill key={e} status={e} look="mark" />
        ))}
      </div>
    </>
  );
}

export function MessageSample() {
  return (
    <>
      <Banner
        tone="warning"
        icon={Plug}
        title="Xero asks you to sign in again."
        actions={<Button size="small">Sign in</Button>}
      >
        9 documents wait.
      </Banner>
      <Note tone="danger" title="Not sent to Xero: October is closed there.">
        Nothing is in their books. Choose a later date.
      </Note>
      <Note tone="info">Fees passed on stand under their own VAT heading.</Note>
      <Note tone="success" title="Everything agrees." />
    </>
  );
}

export function EmptySample() {
  return (
    <div className={s.quarters}>
      <EmptyState kind="first_use" title="No invoices yet">
        Make one, or bring in your old ones.
      </EmptyState>
      <EmptyState
        kind="no_match"
        title="Nothing matches"
        action={<Button size="small">Clear filters</Button>}
      >
        2 filters are on.
      </EmptyState>
      <EmptyState kind="all_done" title="Nothing failed">
        Last sync 10:42
      </EmptyState>
      <EmptyState kind="no_permission" title="Not for your role">
        The school owner can open it.
      </EmptyState>
    </div>
  );
}

export function LoadingSample() {
  return (
    <>
      <Progress
        label="Sending to Business Central"
        done={312}
        total={500}
        countText="312 of 500"
        detail="about 40 s left, you can leave this page"
        onCancel={() => undefined}
      />
      <SkeletonLines count={3} />
    </>
  );
}

type View = "all" | "draft" | "failed";

export function TableSample() {
  const [view, setView] = useState<View>("all");
  return (
    <>
      <Tabs<View>
        label="Views"
        value={view}
        onChange={setView}
        tabs={[
          { id: "all", name: "All", count: 4955 },
          { id: "draft", name: "Draft", count: 12 },
          { id: "failed", name: "Export failed", count: 41, isAlarming: true },
        ]}
      >
        <Toolbar
          label="Filters"
          end={
            <Button size="small" variant="quiet">
              Clear
            </Button>
          }
        >
          <Chip name="Issued" value="1 Sep – 20 Nov 2026" onRemove={() => undefined} />
          <Chip name="Department" value="Sentrum" onRemove={() => undefined} />
          <AddChip label="Filter" />
        </Toolbar>
      </Tabs>
      <Table
        label="Lines"
        columns={[
          { id: "what", header: "Lines", cell: (r) => r.what, sum: "Total" },
          { id: "qty", header: "Qty", align: "end", width: "64px", cell: (r) => r.qty },
          {
            id: "amount",
            header: "Amount",
            align: "end",
            width: "120px",
            cell: (r) => <Amount of={r.amount} />,
            sum: <Amount of={nok("12420.00")} look="strong" />,
          },
        ]}
        rows={[
          { id: "1", what: "Kjøretime klasse B, 45 min", qty: "6", amount: nok("4740.00") },
          { id: "2", what: "Sikkerhetskurs på bane", qty: "1", amount: nok("6250.00") },
          { id: "3", what: "Gebyr førerprøve", qty: "1", amount: nok("1430.00") },
        ]}
        rowId={(r) => r.id}
      />
      <Facts
        facts={[
          { label: "Student", value: <a href="#/__gallery">Emma Haugland</a> },
          { label: "KID", value: <span className="num">1002 0410</span> },
          { label: "Driving test", value: <Lamp state="watch" /> },
        ]}
      />
    </>
  );
}
