import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useAddressChange } from "~/app/useAddressChange";
import { Page, PageHead, Tabs } from "~/ui/primitives";
import { AccountsPart } from "./AccountsPart";
import { BalancePart } from "./BalancePart";
import { JournalPart } from "./JournalPart";
import { type LedgerSearch, type LedgerTab, ledgerRoute, TABS } from "./routes";

export interface PartProps {
  search: LedgerSearch;
  onChange: (next: Partial<LedgerSearch>) => void;
}

const PARTS: Record<LedgerTab, (props: PartProps) => ReactNode> = {
  journal: JournalPart,
  balance: BalancePart,
  accounts: AccountsPart,
};

/** What documents and money come to on the accounts of the chart. */
export function LedgerScreen() {
  const { t } = useTranslation("ledger");
  const search: LedgerSearch = ledgerRoute.useSearch();
  const tab: LedgerTab = search.tab ?? "journal";
  const Part = PARTS[tab];
  const change = useAddressChange<LedgerSearch>();
  return (
    <Page>
      <PageHead title={t("title")} sub={t("sub")} />
      <Tabs<LedgerTab>
        label={t("title")}
        tabs={TABS.map((id) => ({ id, name: t(`tab_${id}`) }))}
        value={tab}
        onChange={(next) => change({ tab: next, account: undefined, open: undefined })}
      >
        <Part search={search} onChange={change} />
      </Tabs>
    </Page>
  );
}
