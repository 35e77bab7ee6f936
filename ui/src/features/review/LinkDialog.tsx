import { useState } from "react";
import { useTranslation } from "react-i18next";
import { formatMoney } from "~/domain/money";
import { faultText } from "~/ipc/errors";
import type { CandidateView } from "~/ipc/gen/CandidateView";
import type { ExportRow } from "~/ipc/gen/ExportRow";
import { Amount, EmptyState, FormDialog, RadioGroup, SkeletonLines, toast } from "~/ui/primitives";
import { useCandidates, useLink } from "./api";
import s from "./Review.module.css";

export interface LinkDialogProps {
  row: ExportRow;
  system: string;
  onDone: () => void;
  onClose: () => void;
}

/** Says that a record there is ours. Only one whose total equals ours may be chosen. */
export function LinkDialog({ row, system, onDone, onClose }: LinkDialogProps) {
  const { t } = useTranslation("review");
  const { data, error, isPending } = useCandidates(row.id);
  const link = useLink();
  const [picked, setPicked] = useState<string | null>(null);
  const candidates = data?.rows ?? [];
  const chosen = candidates.find((one) => one.external_id === picked);
  const fault = link.error?.fault ?? error?.fault;
  const run = () =>
    chosen &&
    link.mutate(
      { id: row.id, external_id: chosen.external_id },
      {
        onSuccess() {
          toast({ text: t("linked", { label: row.label, number: chosen.number }) });
          onDone();
          onClose();
        },
      },
    );
  return (
    <FormDialog
      title={t("link_title", { label: row.label, system })}
      verb={t("link_verb")}
      width="narrow"
      onClose={onClose}
      onSubmit={run}
      isBusy={link.isPending}
      disabledReason={chosen ? undefined : t("link_pick")}
      trouble={fault && faultText(fault)}
    >
      <p className="t2">{t("link_body")}</p>
      <p className={s.oursLine}>
        <span>
          {t("link_ours")} <b className="num">{row.label}</b>
        </span>
        <Amount of={row.amount} look="strong" withCurrency />
      </p>
      {isPending && <SkeletonLines count={2} />}
      {data && candidates.length === 0 && (
        <EmptyState kind="no_match" title={t("link_none", { system })} />
      )}
      {candidates.length > 0 && (
        <RadioGroup
          label={t("link_number")}
          value={picked}
          onChange={setPicked}
          options={candidates.map((one) => ({
            id: one.external_id,
            name: one.number || one.external_id,
            detail: detailOf(one, t("link_agrees"), t("link_differs")),
            isDisabled: !one.agrees,
          }))}
        />
      )}
    </FormDialog>
  );
}

const detailOf = (one: CandidateView, agrees: string, differs: string) =>
  [one.gross && formatMoney(one.gross), one.agrees ? agrees : differs].filter(Boolean).join(" · ");
