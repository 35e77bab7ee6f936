import { useState } from "react";
import { useTranslation } from "react-i18next";
import { lessonsText } from "~/domain/lessons";
import { formatAmount, isZero } from "~/domain/money";
import { faultOf, faultText } from "~/ipc/errors";
import type { EntitlementRow } from "~/ipc/gen/EntitlementRow";
import type { EntitlementView } from "~/ipc/gen/EntitlementView";
import type { StudentPackages } from "~/ipc/gen/StudentPackages";
import { Day, EmptyState, Figure, Note, Scroll, SkeletonLines } from "~/ui/primitives";
import { usePackages } from "./api";
import { DrawDialog } from "./DrawDialog";
import { Entitlement } from "./Entitlement";
import { ExtendOne } from "./ExtendOne";
import { GiveBackDialog } from "./GiveBackDialog";
import { Milestones } from "./Milestones";
import s from "./Packages.module.css";
import { RefundRestDialog } from "./RefundRestDialog";

/** Which dialog stands open, and about what. */
type Opened =
  | { act: "draw" | "refund" | "extend"; about: EntitlementView }
  | { act: "give_back"; about: EntitlementView; row: EntitlementRow };

/** What a student bought ahead, with the rows that make it, and what must be paid before booking. */
export function PackagesTab({ studentId }: { studentId: string }) {
  const { t } = useTranslation("packages");
  const packages = usePackages(studentId);
  const [opened, setOpened] = useState<Opened | null>(null);
  const close = () => setOpened(null);
  return (
    <Scroll label={t("title")}>
      <div className={s.tab}>
        {packages.error && <Note tone="danger">{faultText(faultOf(packages.error))}</Note>}
        {packages.isPending && <SkeletonLines count={6} />}
        <Milestones studentId={studentId} />
        {packages.data && <Sum of={packages.data} />}
        {packages.data?.entitlements.map((one) => (
          <Entitlement
            key={one.id}
            of={one}
            onDraw={() => setOpened({ act: "draw", about: one })}
            onRefund={() => setOpened({ act: "refund", about: one })}
            onExtend={() => setOpened({ act: "extend", about: one })}
            onGiveBack={(row) => setOpened({ act: "give_back", about: one, row })}
          />
        ))}
        {packages.data?.entitlements.length === 0 && (
          <EmptyState kind="first_use" title={t("none")}>
            {t("none_body")}
          </EmptyState>
        )}
      </div>
      {opened?.act === "draw" && <DrawDialog of={opened.about} onClose={close} />}
      {opened?.act === "refund" && <RefundRestDialog of={opened.about} onClose={close} />}
      {opened?.act === "extend" && <ExtendOne of={opened.about} onClose={close} />}
      {opened?.act === "give_back" && (
        <GiveBackDialog of={opened.about} row={opened.row} onClose={close} />
      )}
    </Scroll>
  );
}

/** Everything that can be drawn, in one line of figures. */
function Sum({ of }: { of: StudentPackages }) {
  const { t } = useTranslation("packages");
  if (of.entitlements.length === 0 && isZero(of.credit)) return null;
  return (
    <section className={s.figures} aria-label={t("left_in_all")}>
      {of.lessons_total !== "0" && (
        <Figure
          label={t("lessons_left")}
          value={t("left_of", {
            left: lessonsText(of.lessons_left),
            total: lessonsText(of.lessons_total),
          })}
        />
      )}
      {!isZero(of.amount_left) && (
        <Figure
          label={t("amount_left")}
          unit={of.amount_left.currency}
          value={formatAmount(of.amount_left)}
        />
      )}
      <Figure label={t("worth")} unit={of.worth.currency} value={formatAmount(of.worth)} />
      <Figure
        label={t("credit")}
        unit={of.credit.currency}
        value={formatAmount(of.credit)}
        tone={isZero(of.credit) ? undefined : "credit"}
      />
      {of.valid_until && (
        <Figure label={t("valid_until")} value={<Day of={of.valid_until} look="long" />} />
      )}
    </section>
  );
}
