import { useNavigate } from "@tanstack/react-router";
import { Files, FileUp, Scale } from "lucide-react";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAddressChange } from "~/app/useAddressChange";
import { useSearchKey } from "~/commands/searchKey";
import { goTo, placeOf } from "~/domain/places";
import type { ChargeRow } from "~/ipc/gen/ChargeRow";
import {
  DataGrid,
  type GridSelection,
  NOTHING_SELECTED,
  type SortBy,
  selectedCount,
  sortFrom,
  sortText,
} from "~/ui/grid";
import { useDepartmentFilter, useStudentFilter } from "~/ui/list/commonFilters";
import { FilterBar } from "~/ui/list/FilterBar";
import { useViews } from "~/ui/list/useViews";
import { ViewsMenu } from "~/ui/list/ViewsMenu";
import { Amount, BulkBar, Button, EmptyState, Page, PageHead, Segmented } from "~/ui/primitives";
import { filterOf, useCharges } from "./api";
import { chargeColumns } from "./columns";
import { type ChargeState, type ChargesSearch, chargesRoute, KINDS, STATES } from "./routes";
import { VoidDialog } from "./VoidDialog";

const NEWEST: SortBy = { column: "happened_on", direction: "descending" };

/** What bookings come to before it is billed, and what became of it. */
export function ChargesScreen() {
  const { t } = useTranslation("charges");
  const navigate = useNavigate();
  const search = chargesRoute.useSearch();
  const state = search.state ?? "unbilled";
  const sort = sortFrom(search.sort, NEWEST);
  const filter = filterOf(search);
  const rows = useCharges(filter, state, sort);
  const [selection, setSelection] = useState<GridSelection>(NOTHING_SELECTED);
  const [isVoiding, setVoiding] = useState(false);
  const amount = rows.page?.amount;
  const columns = useMemo(() => {
    const all = chargeColumns(t, amount && <Amount of={amount} />);
    // Where one state is chosen that names no invoice, saying it in every row is noise.
    return state === "billed" ? all : all.filter((column) => column.id !== "state");
  }, [t, amount, state]);
  const change = useAddressChange<ChargesSearch>();
  const narrow = (next: Partial<ChargesSearch>) => {
    setSelection(NOTHING_SELECTED);
    change(next);
  };
  const show = (next: ChargesSearch) => {
    setSelection(NOTHING_SELECTED);
    void navigate({ to: "/charges", search: next, replace: true });
  };
  const open = (row: ChargeRow) =>
    void navigate({
      to: row.invoice_id ? placeOf("invoice", row.invoice_id) : placeOf("student", row.student_id),
    });
  const isPool = state === "unbilled";
  const ids = selection.mode === "some" ? [...selection.ids] : [];
  useSearchKey();
  return (
    <Page>
      <PageHead title={t("title")} sub={t("sub")} actions={<Verbs />} />
      <Filters search={search} onNarrow={narrow} onShow={show} />
      <DataGrid
        label={t("title")}
        name="charges"
        columns={columns}
        rows={rows}
        rowId={(row) => row.id}
        sort={sort}
        onSort={(next) => narrow({ sort: sortText(next) })}
        selection={isPool ? selection : undefined}
        onSelect={isPool ? setSelection : undefined}
        onOpen={open}
        onPeek={open}
        empty={<Empty search={search} onClear={() => show({ state: search.state })} />}
        footLead={<span>{t("count", { count: rows.count })}</span>}
        bulk={
          selectedCount(selection, rows.count) > 0 && (
            <BulkBar
              label={t("selected_bar")}
              end={
                <Button
                  size="small"
                  disabledReason={selection.mode === "all" ? t("void_some_only") : undefined}
                  onPress={() => setVoiding(true)}
                >
                  {t("void")}
                </Button>
              }
            >
              <b className="num nowrap">
                {t("selected", { count: selectedCount(selection, rows.count) })}
              </b>
            </BulkBar>
          )
        }
      />
      {isVoiding && (
        <VoidDialog
          ids={ids}
          onClose={() => setVoiding(false)}
          onDone={() => setSelection(NOTHING_SELECTED)}
        />
      )}
    </Page>
  );
}

interface FiltersProps {
  search: ChargesSearch;
  onNarrow: (change: Partial<ChargesSearch>) => void;
  onShow: (next: ChargesSearch) => void;
}

/** What became of the charges, what narrows them further, and the filters that were kept. */
function Filters({ search, onNarrow, onShow }: FiltersProps) {
  const { t } = useTranslation("charges");
  const student = useStudentFilter(search);
  const departments = useDepartmentFilter();
  const views = useViews({ list: "charges", address: search, onShow });
  const kinds = KINDS.map((id) => ({ id, name: t(`kind_${id}`) }));
  return (
    <FilterBar
      label={t("filters")}
      address={search}
      onNarrow={onNarrow}
      search={{ key: "query", label: t("search") }}
      lead={
        <>
          <ViewsMenu views={views} />
          <Segmented<ChargeState>
            label={t("which")}
            value={search.state ?? "unbilled"}
            options={STATES.map((id) => ({ id, name: t(`state_${id}`) }))}
            onChange={(next) => onNarrow({ state: next === "unbilled" ? undefined : next })}
          />
        </>
      }
      filters={[
        { id: "period", name: t("filter_period"), look: "days", keys: ["from", "to"] },
        { id: "kind", name: t("filter_kind"), look: "choice", keys: ["kind"], options: kinds },
        student,
        ...departments,
      ]}
    />
  );
}

function Verbs() {
  const { t } = useTranslation("charges");
  const navigate = useNavigate();
  return (
    <>
      <Button variant="quiet" icon={Scale} onPress={() => void navigate({ to: "/charges/rules" })}>
        {t("rules")}
      </Button>
      <Button variant="quiet" icon={FileUp} onPress={() => goTo(IMPORT)}>
        {t("import")}
      </Button>
      <Button
        variant="primary"
        icon={Files}
        onPress={() => void navigate({ to: "/charges/run", search: {} })}
      >
        {t("run")}
      </Button>
    </>
  );
}

const IMPORT = "/import?kind=bookings";

interface EmptyProps {
  search: ChargesSearch;
  onClear: () => void;
}

function Empty({ search, onClear }: EmptyProps) {
  const { t } = useTranslation(["charges", "common"]);
  const { state, sort, ...narrowed } = search;
  if (Object.values(narrowed).some((value) => value !== undefined))
    return (
      <EmptyState
        kind="no_match"
        title={t("no_match")}
        action={<Button onPress={onClear}>{t("common:clear_filters")}</Button>}
      >
        {t("no_match_body")}
      </EmptyState>
    );
  if (search.state) return <EmptyState kind="all_done" title={t("none_here")} />;
  return (
    <EmptyState
      kind="first_use"
      title={t("first")}
      action={
        <Button variant="primary" icon={FileUp} onPress={() => goTo(IMPORT)}>
          {t("import")}
        </Button>
      }
    >
      {t("first_body")}
    </EmptyState>
  );
}
