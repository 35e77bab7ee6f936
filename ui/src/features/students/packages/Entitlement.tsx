import { Link } from "@tanstack/react-router";
import { CalendarPlus, CircleMinus, Undo2 } from "lucide-react";
import { Fragment } from "react";
import { useTranslation } from "react-i18next";
import { formatDate } from "~/domain/dates";
import { lessonsText, movedText } from "~/domain/lessons";
import { formatAmount, isZero } from "~/domain/money";
import { placeOf } from "~/domain/places";
import type { EntitlementRow } from "~/ipc/gen/EntitlementRow";
import type { EntitlementView } from "~/ipc/gen/EntitlementView";
import { useMay } from "~/ipc/session";
import { PackagePill } from "~/ui/packages/PackagePill";
import { usePreferences } from "~/ui/preferences";
import { Amount, Button, Day, IconButton, Table, type TableColumn } from "~/ui/primitives";
import s from "./Packages.module.css";

interface EntitlementProps {
  of: EntitlementView;
  onDraw: () => void;
  onRefund: () => void;
  onExtend: () => void;
  onGiveBack: (row: EntitlementRow) => void;
}

/** One package with everything that moved it. */
export function Entitlement({ of, onDraw, onRefund, onExtend, onGiveBack }: EntitlementProps) {
  const { t } = useTranslation("packages");
  const isActive = of.state === "active";
  const canWork = useMay("work");
  const canCredit = useMay("credit");
  const canExtend = useMay("give_up");
  return (
    <section className={s.one} aria-label={of.name}>
      <header className={s.head}>
        <h2 className="clip" title={of.name}>
          {of.name}
        </h2>
        <PackagePill state={of.state} />
        <span className={s.verbs}>
          {isActive && canCredit && !isZero(of.refundable) && (
            <Button size="small" icon={Undo2} onPress={onRefund}>
              {t("refund_rest")}
            </Button>
          )}
          {of.extensible && canExtend && (
            <Button size="small" icon={CalendarPlus} onPress={onExtend}>
              {t("extend")}
            </Button>
          )}
          {isActive && canWork && (
            <Button size="small" icon={CircleMinus} onPress={onDraw}>
              {t("draw")}
            </Button>
          )}
        </span>
      </header>
      <About of={of} />
      <Table
        label={t("rows_of", { name: of.name })}
        columns={useColumns(of, onGiveBack)}
        rows={of.rows}
        rowId={(row) => row.id}
      />
    </section>
  );
}

/** What is left, what it is worth, where it came from and until when it holds. */
function About({ of }: { of: EntitlementView }) {
  const { t } = useTranslation("packages");
  const left =
    of.amount_left && of.amount_total
      ? t("left_of", { left: formatAmount(of.amount_left), total: formatAmount(of.amount_total) })
      : t("left_of", {
          left: lessonsText(of.lessons_left),
          total: lessonsText(of.lessons_total),
        });
  return (
    <p className={`t2 ${s.about}`}>
      {of.state !== "closed" && <span className="num strong">{left}</span>}
      {of.state === "active" && <span>{t("worth_of", { amount: formatAmount(of.worth) })}</span>}
      {!isZero(of.lapsed) && <span>{t("lapsed_of", { amount: formatAmount(of.lapsed) })}</span>}
      <span>
        {of.valid_until ? (
          <>
            {t("valid_until_word")} <Day of={of.valid_until} look="long" />
          </>
        ) : (
          t("valid_always")
        )}
      </span>
      <span className={s.soldBy}>
        <span>{t("sold_by")}</span>
        <span className="num">
          {of.invoices.map((invoice, place) => (
            <Fragment key={invoice.id}>
              {place > 0 && ", "}
              <Link to={placeOf("invoice", invoice.id)}>{invoice.number}</Link>
            </Fragment>
          ))}
        </span>
      </span>
      {!isZero(of.invoice_open) && of.state !== "closed" && (
        <span className="fg-warning">
          {t("not_paid", { amount: formatAmount(of.invoice_open) })}
        </span>
      )}
      {of.items.length > 1 &&
        of.items.map((item) => (
          <span key={item.service_id} className="num">
            {item.service}{" "}
            {t("left_of", { left: lessonsText(item.left), total: lessonsText(item.total) })}
          </span>
        ))}
    </p>
  );
}

function useColumns(
  of: EntitlementView,
  onGiveBack: (row: EntitlementRow) => void,
): TableColumn<EntitlementRow>[] {
  const { t } = useTranslation("packages");
  const canWork = useMay("work");
  const isMoney = of.amount_total !== null;
  const { language } = usePreferences();
  const day = (iso: string | null) => (iso ? formatDate(iso, "long", language) : "");
  const what = (row: EntitlementRow) =>
    [
      row.extended_to &&
        t("extended_from_to", { from: day(row.extended_from), to: day(row.extended_to) }),
      row.service,
      row.booking && t("booking_of", { booking: row.booking }),
      row.note,
    ]
      .filter(Boolean)
      .join(" · ");
  return [
    { id: "on", header: t("date"), width: "104px", cell: (row) => <Day of={row.on} /> },
    {
      id: "kind",
      header: t("what"),
      width: "152px",
      cell: (row) => <span className="clip">{t(`row_${row.kind as "drawn"}`)}</span>,
    },
    {
      id: "about",
      header: t("about"),
      cell: (row) => (
        <span className={`t2 clip ${s.words}`} title={what(row)}>
          {what(row)}
        </span>
      ),
    },
    {
      id: "moved",
      header: t(isMoney ? "amount" : "lessons"),
      width: "104px",
      align: "end",
      cell: (row) => (isMoney ? <Amount of={row.amount} /> : movedText(row.lessons)),
    },
    {
      id: "left",
      header: t("left"),
      width: "96px",
      align: "end",
      cell: (row) => (
        <span className="medium">
          {isMoney ? <Amount of={row.left_amount} look="main" /> : lessonsText(row.left)}
        </span>
      ),
    },
    {
      id: "verb",
      header: <span className="sr">{t("give_back")}</span>,
      width: "40px",
      align: "end",
      cell: (row) =>
        row.draw_id && canWork ? (
          <IconButton
            icon={Undo2}
            size="small"
            label={t("give_back")}
            onPress={() => onGiveBack(row)}
          />
        ) : null,
    },
  ];
}
