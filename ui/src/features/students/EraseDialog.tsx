import { useState } from "react";
import { useTranslation } from "react-i18next";
import { forgetRecents } from "~/commands/recent";
import { formatDate } from "~/domain/dates";
import { faultOf, faultText } from "~/ipc/errors";
import type { StudentErasure } from "~/ipc/gen/StudentErasure";
import type { StudentView } from "~/ipc/gen/StudentView";
import { usePreferences } from "~/ui/preferences";
import { ConfirmDialog, Note, Select, SkeletonLines, TextField, toast } from "~/ui/primitives";
import { useErase, useErasure } from "./api";

interface EraseDialogProps {
  student: StudentView;
  onClose: () => void;
}

const GROUNDS = ["asked", "not_needed", "unlawful"] as const;
type Ground = (typeof GROUNDS)[number];

/** Destroys what is known of a person: says what stays and until when, and asks twice. */
export function EraseDialog({ student, onClose }: EraseDialogProps) {
  const { t } = useTranslation("students");
  const [number, setNumber] = useState("");
  const [ground, setGround] = useState<Ground | null>(null);
  const plan = useErasure(student.id);
  const erase = useErase();
  const facts = { name: student.person.name, number: student.number };
  const blocked = blockedReason();
  function blockedReason() {
    if (!plan.data || plan.data.obstacle) return t("erase_not_now");
    if (ground === null) return t("erase_need_ground");
    return number.trim() === student.number ? undefined : t("erase_need_number");
  }
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={t("erase_title", facts)}
      safeLabel={t("erase_leave")}
      verbLabel={t("erase_verb")}
      tone="danger"
      isBusy={erase.isPending}
      blockedReason={blocked}
      onConfirm={() =>
        erase.mutate(
          { id: student.id, number, ground: ground ?? "asked" },
          {
            onSuccess: () => {
              forgetRecents();
              toast({ text: t("erase_done", facts) });
              onClose();
            },
          },
        )
      }
    >
      {plan.data ? <Outcome plan={plan.data} /> : <SkeletonLines count={3} />}
      {(erase.error ?? plan.error) && (
        <Note tone="danger">{faultText(faultOf(erase.error ?? plan.error))}</Note>
      )}
      {plan.data && !plan.data.obstacle && (
        <>
          <Select<Ground>
            label={t("erase_ground")}
            name="ground"
            isRequired
            value={ground}
            placeholder={t("erase_choose")}
            options={GROUNDS.map((id) => ({ id, name: t(`ground_${id}`) }))}
            onChange={setGround}
          />
          <TextField
            label={t("erase_number", facts)}
            name="number"
            isRequired
            isNumeric
            value={number}
            onChange={setNumber}
          />
        </>
      )}
    </ConfirmDialog>
  );
}

/** What goes and what stays, or what is to be done first. */
function Outcome({ plan }: { plan: StudentErasure }) {
  const { t } = useTranslation("students");
  const { language } = usePreferences();
  if (plan.obstacle) {
    return <Note tone="warning">{t(`erase_first_${plan.obstacle as "owes"}`)}</Note>;
  }
  return (
    <>
      <p className="t2">{t("erase_body")}</p>
      {plan.payers.length > 0 && (
        <p className="t2">
          {t("erase_payers", { count: plan.payers.length, names: plan.payers.join(", ") })}
        </p>
      )}
      {plan.kept_until && (
        <Note tone="info">
          {t(plan.law ? "erase_kept_by" : "erase_kept", {
            count: plan.kept,
            day: formatDate(plan.kept_until, "long", language),
            law: plan.law,
          })}
        </Note>
      )}
      <p className="t3 small">{t("erase_elsewhere")}</p>
    </>
  );
}
