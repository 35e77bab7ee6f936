import { ExternalLink } from "lucide-react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { goTo, placeOf } from "~/domain/places";
import { useDesk } from "~/ipc/desk";
import type { JournalEntry } from "~/ipc/gen/JournalEntry";
import { DataGrid, type WindowedRows } from "~/ui/grid";
import { Postings } from "~/ui/journal/Postings";
import { causeWord } from "~/ui/journal/words";
import {
  Amount,
  Button,
  Day,
  EmptyState,
  Facts,
  PanelSection,
  Peek,
  Select,
  Split,
  Toolbar,
} from "~/ui/primitives";
import { useChart, useJournal } from "./api";
import { journalColumns } from "./columns";
import s from "./Ledger.module.css";
import type { PartProps } from "./LedgerScreen";
import { PeriodFields } from "./PeriodFields";
import { askedPeriod } from "./period";
import { SaveFile } from "./SaveFile";

const numbers = new Intl.NumberFormat("nb-NO");
const ALL = "all";
const idOf = (entry: JournalEntry) => `${entry.cause}/${entry.id}`;

/** The row that is open, while it is among those that were read. */
function opened(rows: WindowedRows<JournalEntry>, open: string | undefined) {
  for (let at = 0; open !== undefined && at < rows.count; at++) {
    const row = rows.get(at);
    if (row && idOf(row) === open) return row;
  }
  return undefined;
}

/** Every entry of a period, oldest first, and the one that is looked at. */
export function JournalPart({ search, onChange }: PartProps) {
  const { t } = useTranslation("ledger");
  const { today } = useDesk();
  const period = askedPeriod(search, today);
  const rows = useJournal(period, search.account);
  const columns = useMemo(() => journalColumns(t), [t]);
  const entry = opened(rows, search.open);
  const look = (row: JournalEntry) => onChange({ open: idOf(row) });
  return (
    <Split>
      <div className={s.main}>
        <Toolbar
          label={t("filters")}
          end={<SaveFile what="journal" period={period} account={search.account} />}
        >
          <PeriodFields
            search={search}
            onChange={(next) => onChange({ ...next, open: undefined })}
          />
          <AccountChoice
            value={search.account}
            onChange={(account) => onChange({ account, open: undefined })}
          />
        </Toolbar>
        <DataGrid
          label={t("tab_journal")}
          columns={columns}
          rows={rows}
          rowId={idOf}
          openId={search.open}
          onOpen={look}
          onPeek={look}
          onActive={(row) => search.open && look(row)}
          empty={
            <EmptyState kind="no_match" title={t("no_entries")}>
              {t("no_entries_body")}
            </EmptyState>
          }
          footLead={
            <span>{t("entry_count", { count: rows.count, n: numbers.format(rows.count) })}</span>
          }
        />
      </div>
      {entry && <EntryPeek entry={entry} onClose={() => onChange({ open: undefined })} />}
    </Split>
  );
}

interface AccountChoiceProps {
  value: string | undefined;
  onChange: (account: string | undefined) => void;
}

function AccountChoice({ value, onChange }: AccountChoiceProps) {
  const { t } = useTranslation("ledger");
  const used = (useChart().data?.accounts ?? []).filter(
    (account) => account.used || account.number === value,
  );
  return (
    <div className={s.accountChoice}>
      <Select
        label={t("account")}
        hideLabel
        value={value ?? ALL}
        options={[
          { id: ALL, name: t("all_accounts") },
          ...used.map(({ number, name }) => ({ id: number, name: `${number} ${name}` })),
        ]}
        onChange={(id) => onChange(id === ALL ? undefined : id)}
      />
    </div>
  );
}

/** One entry with its lines, and the way to what it stands for. */
function EntryPeek({ entry, onClose }: { entry: JournalEntry; onClose: () => void }) {
  const { t } = useTranslation("ledger");
  return (
    <Peek
      title={causeWord(entry.cause)}
      onClose={onClose}
      foot={
        <Button icon={ExternalLink} onPress={() => goTo(placeOf(entry.about, entry.about_id))}>
          {t("open_thing")}
        </Button>
      }
    >
      <PanelSection>
        <Facts
          facts={[
            { label: t("day"), value: <Day of={entry.on} look="long" /> },
            ...(entry.label ? [{ label: t("label"), value: entry.label }] : []),
            { label: t("student"), value: entry.student || "–" },
            { label: t("amount"), value: <Amount of={entry.total} withCurrency /> },
          ]}
        />
      </PanelSection>
      <PanelSection title={t("postings")}>
        <Postings entry={entry} />
      </PanelSection>
    </Peek>
  );
}
