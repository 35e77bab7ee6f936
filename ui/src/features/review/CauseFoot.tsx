import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useCommands } from "~/commands/registry";
import { goTo } from "~/domain/places";
import { faultOf, faultText } from "~/ipc/errors";
import type { CauseRecords } from "~/ipc/gen/CauseRecords";
import type { CauseView } from "~/ipc/gen/CauseView";
import type { ExportRow } from "~/ipc/gen/ExportRow";
import { isSelected, type WindowedRows } from "~/ui/grid";
import { Button, toast } from "~/ui/primitives";
import { selectedIds, useReadAgain, useRetry, useSaveMapping } from "./api";
import type { MappingPick } from "./CauseDetail";
import { DoneDialog } from "./DoneDialog";
import { LinkDialog } from "./LinkDialog";
import s from "./Review.module.css";
import { SkipDialog } from "./SkipDialog";
import type { Meant, Verbs } from "./verbs";

export interface CauseFootProps {
  cause: CauseView;
  system: string;
  verbs: Verbs;
  /** Whether it arrived is not known. */
  isInDoubt: boolean;
  rows: WindowedRows<ExportRow, CauseRecords>;
  meant: Meant;
  total: number;
  choice: MappingPick | null;
}

/** The one document that is meant, if it is one. */
function singleRow({ rows, meant, total }: CauseFootProps): ExportRow | undefined {
  if (meant.count !== 1) return undefined;
  for (let at = 0; at < total; at++) {
    const row = rows.get(at);
    if (row && isSelected(meant.selection, row.id)) return row;
  }
  return undefined;
}

/** One verb with its number, and the ways around it. */
export function CauseFoot(props: CauseFootProps) {
  const { cause, system, verbs, meant, total } = props;
  const { t } = useTranslation("review");
  const count = meant.count;
  const all = meant.isWhole && count > 1;
  const [dialog, setDialog] = useState<"skip" | "done" | "link" | null>(null);
  const retry = useRetrying(props);
  const main = useMainVerb(props, retry, () => setDialog("link"));
  const single = singleRow(props);
  const needsOne = single ? undefined : t("single_only");
  const close = () => setDialog(null);
  useCommands([
    {
      id: "review.act",
      title: () => t("command_act"),
      group: "screen",
      keys: "mod+enter",
      when: () => main !== null && main.blocked === undefined && !main.isBusy && dialog === null,
      run: () => main?.run(),
    },
  ]);
  return (
    <footer className={s.foot}>
      {main && (
        <Button
          variant="primary"
          keys="mod+enter"
          isBusy={main.isBusy}
          disabledReason={main.blocked}
          onPress={main.run}
        >
          {main.label}
        </Button>
      )}
      {verbs.canLookUp && (
        <Button isBusy={retry.isBusy} onPress={retry.run}>
          {t(all ? "look_up_all" : "look_up", { count })}
        </Button>
      )}
      {verbs.canSettle && (
        <>
          <Button onPress={() => setDialog("skip")}>
            {t(all ? "skip_all" : "skip", { count })}
          </Button>
          <Button onPress={() => setDialog("done")} disabledReason={needsOne}>
            {t("done")}
          </Button>
        </>
      )}
      <span className={s.footNote}>
        {props.isInDoubt
          ? t("no_resend")
          : main === null
            ? !verbs.canSettle && t("nothing_todo")
            : verbs.canSettle &&
              (meant.isWhole
                ? t("all_meant", { count })
                : t("selected", { selected: count, total }))}
      </span>
      {dialog === "skip" && (
        <SkipDialog
          count={count}
          system={system}
          ids={() => selectedIds(cause.id, meant.selection)}
          onClose={close}
        />
      )}
      {dialog === "done" && single && <DoneDialog row={single} system={system} onClose={close} />}
      {dialog === "link" && single && <LinkDialog row={single} system={system} onClose={close} />}
    </footer>
  );
}

interface MainVerb {
  label: string;
  run: () => void;
  isBusy: boolean;
  /** Why it cannot be done yet. */
  blocked: string | undefined;
}

const failed = (thrown: unknown) => toast({ text: faultText(faultOf(thrown)), tone: "danger" });

function useTold() {
  const { t } = useTranslation("review");
  return (count: number) =>
    toast({
      text: t("retried", { count }),
      action: { label: t("exports"), onPress: () => goTo("/exports") },
    });
}

/** What is meant goes once more; what was ever sent is looked up first. */
function useRetrying({ cause, meant }: CauseFootProps): MainVerb {
  const { t } = useTranslation("review");
  const retry = useRetry();
  const told = useTold();
  async function retrySome() {
    const record_ids = meant.isWhole ? [] : await selectedIds(cause.id, meant.selection);
    const { records } = await retry.mutateAsync({
      cause_id: meant.isWhole ? cause.id : null,
      record_ids,
    });
    told(records);
  }
  return {
    label: t(meant.isWhole && meant.count > 1 ? "retry_all" : "retry", { count: meant.count }),
    run: () => void (retry.isPending || retrySome().catch(failed)),
    isBusy: retry.isPending,
    blocked: undefined,
  };
}

function useMainVerb(props: CauseFootProps, retry: MainVerb, onLink: () => void): MainVerb | null {
  const { cause, system, verbs, meant, choice } = props;
  const { t } = useTranslation("review");
  const save = useSaveMapping();
  const reading = useReading(cause, system);
  const told = useTold();
  async function saveAndRetry() {
    if (!cause.mapping || !choice) return;
    const { kind, local_key, department_id } = cause.mapping;
    const { released } = await save.mutateAsync({
      connection_id: cause.connection_id,
      department_id,
      changes: [
        { kind, local_key, remote_code: choice.code, from_suggestion: choice.fromSuggestion },
      ],
    });
    told(released);
  }
  switch (verbs.main) {
    case "save_and_retry":
      return {
        label: t("save_retry", { count: cause.documents }),
        run: () => void (save.isPending || saveAndRetry().catch(failed)),
        isBusy: save.isPending,
        blocked: choice ? undefined : t("choose_first"),
      };
    case "retry":
      return retry;
    case "read_again":
      return reading;
    case "sign_in":
      return {
        label: t("sign_in", { system }),
        run: () => goTo(`/connections?sign_in=${encodeURIComponent(cause.connection_id)}`),
        isBusy: false,
        blocked: undefined,
      };
    case "map":
      return {
        label: t("open_mapping"),
        run: () => goTo(`/mapping?connection=${encodeURIComponent(cause.connection_id)}`),
        isBusy: false,
        blocked: undefined,
      };
    case "link":
      return {
        label: t("link"),
        run: onLink,
        isBusy: false,
        blocked: meant.count === 1 ? undefined : t("single_only"),
      };
    default:
      return null;
  }
}

/** What the company takes is read again; what waited for a currency goes on by itself. */
function useReading(cause: CauseView, system: string): MainVerb {
  const { t } = useTranslation("review");
  const read = useReadAgain();
  async function readAgain() {
    const view = await read.mutateAsync({ id: cause.connection_id });
    const currency = cause.params.local_key ?? cause.params.name ?? "";
    const isOff = view.rows.some(
      (row) => row.kind === "currency" && row.state === "missing" && row.local_key === currency,
    );
    // A system may refuse a currency without saying which.
    const on = currency === "" ? "read_anew" : "read_on";
    const text = t(isOff ? "read_still_off" : on, { currency, system });
    toast({ text, tone: isOff ? "warning" : undefined });
  }
  return {
    label: t("read_again", { system }),
    run: () => void (read.isPending || readAgain().catch(failed)),
    isBusy: read.isPending,
    blocked: undefined,
  };
}
