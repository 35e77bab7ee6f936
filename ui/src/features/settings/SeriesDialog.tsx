import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useDesk } from "~/ipc/desk";
import { fieldFaults } from "~/ipc/fieldFaults";
import type { SeriesRow } from "~/ipc/gen/SeriesRow";
import type { SeriesView } from "~/ipc/gen/SeriesView";
import { useRpcMutation } from "~/ipc/hooks";
import { Checkbox, FormDialog, TextField, toast } from "~/ui/primitives";
import { shownPrefix } from "./series";

interface SeriesDialogProps {
  row: SeriesRow;
  view: SeriesView;
  onClose: () => void;
}

const FIELDS = ["prefix", "restart"];

/** How this desk numbers a kind of document from now on. Numbers that are given stay. */
export function SeriesDialog({ row, view, onClose }: SeriesDialogProps) {
  const { t } = useTranslation("settings");
  const { today } = useDesk();
  const rule = view.rules.find((one) => one.kind === row.kind && one.desk === row.desk);
  const current = view.series.findLast((one) => one.kind === row.kind && one.desk === row.desk);
  const [draft, setDraft] = useState({
    prefix: rule?.prefix ?? current?.prefix ?? "",
    yearly: rule?.yearly ?? false,
    restart: rule?.restart ?? false,
  });
  const save = useRpcMutation("save_series_rule");
  const refused = fieldFaults(save.error, FIELDS);
  const change = (next: Partial<typeof draft>) => setDraft((before) => ({ ...before, ...next }));
  const mayRestart = draft.yearly && !(view.in_kid && row.kind === "invoice");
  return (
    <FormDialog
      title={t("series_title", { kind: t(`series_${row.kind as "invoice"}`), desk: row.desk })}
      verb={t("save")}
      onClose={onClose}
      onSubmit={() =>
        save.mutate(
          { kind: row.kind, ...draft, restart: draft.restart && mayRestart },
          {
            onSuccess: () => {
              toast({ text: t("series_saved") });
              onClose();
            },
          },
        )
      }
      isBusy={save.isPending}
      trouble={refused.elsewhere}
    >
      <TextField
        label={t("prefix")}
        hint={t("prefix_hint", { shown: shownPrefix(draft.prefix, today) })}
        name="prefix"
        isRequired
        autoFocus
        maxLength={24}
        value={draft.prefix}
        onChange={(prefix) => change({ prefix })}
        error={refused.at.prefix}
      />
      <Checkbox isSelected={draft.yearly} onChange={(yearly) => change({ yearly })}>
        {t("yearly")}
      </Checkbox>
      {mayRestart && (
        <Checkbox isSelected={draft.restart} onChange={(restart) => change({ restart })}>
          {t("restart")}
        </Checkbox>
      )}
      {draft.yearly && !mayRestart && <p className="t2">{t("restart_kid")}</p>}
    </FormDialog>
  );
}
