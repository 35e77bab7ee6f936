import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { opposite, withoutSign } from "~/domain/amounts";
import { formatAmount, isZero } from "~/domain/money";
import { placeOf } from "~/domain/places";
import type { GateLamp } from "~/domain/status";
import type { StudentRow } from "~/ipc/gen/StudentRow";
import type { ListPeekProps } from "~/ui/list/useListPlace";
import {
  Amount,
  Button,
  Day,
  Facts,
  Figure,
  Lamp,
  PanelSection,
  Peek,
  SkeletonLines,
  Table,
} from "~/ui/primitives";
import { useAccount, useStudent } from "./api";
import { standingOf } from "./form";
import { isOpenRow, isTaking, keyOf } from "./rows";

/** A student beside the list: what is owed, why, and how to reach the person. */
export function StudentPeek({ id, row, onClose, onPrevious, onNext }: ListPeekProps<StudentRow>) {
  const { t } = useTranslation("students");
  const navigate = useNavigate();
  const student = useStudent(id).data;
  return (
    <Peek
      title={row?.name ?? student?.person.name ?? "…"}
      badge={row && row.light !== "clear" && <Lamp state={row.light as GateLamp} />}
      onClose={onClose}
      onPrevious={onPrevious}
      onNext={onNext}
      foot={
        <>
          <Button
            variant="primary"
            onPress={() => void navigate({ to: "/payments/new", search: { student: id } })}
          >
            {t("record_payment")}
          </Button>
          <Button keys="enter" onPress={() => void navigate({ to: placeOf("student", id) })}>
            {t("open_student")}
          </Button>
        </>
      }
    >
      {row && <Standing row={row} />}
      <OpenItems id={id} />
      <PanelSection title={t("details")}>
        {student ? (
          <Facts
            facts={[
              { label: t("number"), value: <span className="num">{student.number}</span> },
              { label: t("department"), value: student.department || "–" },
              { label: t("email"), value: student.person.email || "–" },
              {
                label: t("phone"),
                value: <span className="num">{student.person.phone || "–"}</span>,
              },
            ]}
          />
        ) : (
          <SkeletonLines count={4} />
        )}
      </PanelSection>
    </Peek>
  );
}

/** What the row already says, so that the panel is never empty. */
function Standing({ row }: { row: StudentRow }) {
  const { t } = useTranslation("students");
  const standing = standingOf(row);
  const shown = withoutSign(row.balance);
  return (
    <PanelSection>
      <Figure
        label={t(`standing_${standing}`)}
        unit={shown.currency}
        value={formatAmount(shown)}
        tone={standing === "credit" ? "credit" : undefined}
      />
      {!isZero(row.overdue) && (
        <Facts
          facts={[
            { label: t("overdue"), value: <Amount of={row.overdue} look="late" /> },
            { label: t("oldest_due"), value: <Day of={row.oldest_due} look="long" /> },
          ]}
        />
      )}
    </PanelSection>
  );
}

function OpenItems({ id }: { id: string }) {
  const { t } = useTranslation("students");
  const account = useAccount(id).data;
  if (!account)
    return (
      <PanelSection title={t("open_items")}>
        <SkeletonLines count={3} />
      </PanelSection>
    );
  const open = account.rows.filter(isOpenRow);
  return (
    <PanelSection title={t("open_items")} end={open.length}>
      {open.length === 0 ? (
        <p className="t2">{t("settled_words")}</p>
      ) : (
        <Table
          label={t("open_items")}
          rows={open}
          rowId={keyOf}
          columns={[
            { id: "what", header: t("what"), cell: (item) => item.label },
            {
              id: "due",
              header: t("due_head"),
              width: "80px",
              cell: (item) => <Day of={item.due_date} />,
            },
            {
              id: "left",
              header: t("balance"),
              align: "end",
              width: "96px",
              cell: (item) => (
                <Amount
                  of={isTaking(item) ? opposite(withoutSign(item.left)) : item.left}
                  look={isTaking(item) ? "credit" : "plain"}
                />
              ),
            },
          ]}
        />
      )}
    </PanelSection>
  );
}
