import { useTranslation } from "react-i18next";
import { lessonsText } from "~/domain/lessons";
import { formatAmount } from "~/domain/money";
import { goTo } from "~/domain/places";
import type { EntitlementView } from "~/ipc/gen/EntitlementView";
import type { PackageRow } from "~/ipc/gen/PackageRow";
import type { ListPeekProps } from "~/ui/list/useListPlace";
import { PackagePill } from "~/ui/packages/PackagePill";
import {
  Button,
  Day,
  Facts,
  Figure,
  PanelSection,
  Peek,
  SkeletonLines,
  Table,
} from "~/ui/primitives";
import { usePackagesOf } from "./api";
import { leftText } from "./columns";

/** A package beside the list: whose it is, what is left, and what moved it. */
export function PackagePeek({ row, onClose, onPrevious, onNext }: ListPeekProps<PackageRow>) {
  const { t } = useTranslation("packages");
  const open = () => row && goTo(`/students/${row.student_id}?tab=packages`);
  return (
    <Peek
      title={row?.student ?? "…"}
      badge={row && <PackagePill state={row.state} />}
      onClose={onClose}
      onPrevious={onPrevious}
      onNext={onNext}
      foot={
        <Button keys="enter" onPress={open}>
          {t("open_student")}
        </Button>
      }
    >
      {row && <Standing row={row} />}
      {row && <Moves row={row} />}
    </Peek>
  );
}

/** What the row already says, so that the panel is never empty. */
function Standing({ row }: { row: PackageRow }) {
  const { t } = useTranslation("packages");
  return (
    <PanelSection>
      <Figure
        label={t(row.state === "expired" ? "lapsed" : "worth_of_rest")}
        unit={row.worth.currency}
        value={formatAmount(row.worth)}
      />
      <Facts
        facts={[
          { label: t("package"), value: row.name },
          { label: t("left"), value: <span className="num">{leftText(t, row)}</span> },
          { label: t("bought"), value: <Day of={row.opened_on} look="long" /> },
          {
            label: t("expires"),
            value: row.valid_until ? <Day of={row.valid_until} look="long" /> : t("never"),
          },
          { label: t("sold_by_invoice"), value: <span className="num">{row.invoice_number}</span> },
          { label: t("student_number"), value: <span className="num">{row.student_number}</span> },
        ]}
      />
    </PanelSection>
  );
}

function Moves({ row }: { row: PackageRow }) {
  const { t } = useTranslation("packages");
  const found = usePackagesOf(row.student_id).data;
  const one = found?.entitlements.find((package_) => package_.id === row.id);
  return (
    <PanelSection title={t("moves")} end={one?.rows.length}>
      {one ? <MoveTable of={one} /> : <SkeletonLines count={3} />}
    </PanelSection>
  );
}

function MoveTable({ of }: { of: EntitlementView }) {
  const { t } = useTranslation("packages");
  return (
    <Table
      label={t("moves")}
      rows={of.rows}
      rowId={(move) => move.id}
      columns={[
        { id: "on", header: t("date"), width: "92px", cell: (move) => <Day of={move.on} /> },
        {
          id: "kind",
          header: t("what"),
          cell: (move) => <span className="clip">{t(`row_${move.kind as "drawn"}`)}</span>,
        },
        {
          id: "left",
          header: t("left"),
          align: "end",
          width: "88px",
          cell: (move) => (
            <span className="num">
              {move.left_amount ? formatAmount(move.left_amount) : lessonsText(move.left)}
            </span>
          ),
        },
      ]}
    />
  );
}
