import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useCommands } from "~/commands/registry";
import type { CauseRecords } from "~/ipc/gen/CauseRecords";
import type { CauseView } from "~/ipc/gen/CauseView";
import type { ExportRow } from "~/ipc/gen/ExportRow";
import type { WindowedRows } from "~/ui/grid";
import { Button } from "~/ui/primitives";
import { selectedIds } from "./api";
import type { MappingPick } from "./CauseDetail";
import type { CustomerDraft } from "./customer";
import { DoneDialog } from "./DoneDialog";
import { LinkDialog } from "./LinkDialog";
import s from "./Review.module.css";
import { SkipDialog } from "./SkipDialog";
import { type MainVerb, useMainVerb, useRetrying } from "./useMainVerb";
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
  /** The one document that is meant, if it is one. */
  single: ExportRow | undefined;
  /** A customer that was written anew. */
  draft: CustomerDraft | null;
  /** What was meant has left the cause for good: what is marked means nothing any more. */
  onDone: () => void;
}

type Asked = "skip" | "done" | "link";

/** What the verbs beside the main one are called; how many they are about stands in the name. */
function useLabels({ count, isWhole }: Meant) {
  const { t } = useTranslation("review");
  const all = isWhole && count > 1;
  return {
    lookUp: t(all ? "look_up_all" : "look_up", { count }),
    skip: t(all ? "skip_all" : "skip", { count }),
    done: count === 1 ? t("done") : t(all ? "done_all" : "done_many", { count }),
  };
}

interface FootKeys {
  verbs: Verbs;
  main: MainVerb | null;
  retry: MainVerb;
  labels: ReturnType<typeof useLabels>;
  /** While something is asked for, its dialog has the keys. */
  isAsking: boolean;
  ask: (what: Asked) => void;
}

/** Every verb of the foot has a key, under the name that stands on its button. */
function useFootKeys({ verbs, main, retry, labels, isAsking, ask }: FootKeys) {
  const { t } = useTranslation("review");
  useCommands([
    {
      id: "review.act",
      title: () => t("command_act"),
      group: "screen",
      keys: "mod+enter",
      when: () => main !== null && main.blocked === undefined && !main.isBusy && !isAsking,
      run: () => main?.run(),
    },
    {
      id: "review.look_up",
      title: () => labels.lookUp,
      group: "screen",
      keys: "l",
      when: () => verbs.canLookUp && !retry.isBusy && !isAsking,
      run: retry.run,
    },
    {
      id: "review.skip",
      title: () => labels.skip,
      group: "screen",
      keys: "s",
      when: () => verbs.canSettle && !isAsking,
      run: () => ask("skip"),
    },
    {
      id: "review.done",
      title: () => labels.done,
      group: "screen",
      keys: "d",
      when: () => verbs.canSettle && !isAsking,
      run: () => ask("done"),
    },
  ]);
}

/** One verb with its number, and the ways around it. */
export function CauseFoot(props: CauseFootProps) {
  const { verbs, meant, single } = props;
  const [asked, ask] = useState<Asked | null>(null);
  const labels = useLabels(meant);
  const retry = useRetrying(props);
  const main = useMainVerb(props, retry, () => single && ask("link"));
  useFootKeys({ verbs, main, retry, labels, isAsking: asked !== null, ask });
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
        <Button keys="l" isBusy={retry.isBusy} onPress={retry.run}>
          {labels.lookUp}
        </Button>
      )}
      {verbs.canSettle && (
        <>
          <Button keys="s" onPress={() => ask("skip")}>
            {labels.skip}
          </Button>
          <Button keys="d" onPress={() => ask("done")}>
            {labels.done}
          </Button>
        </>
      )}
      <FootNote {...props} hasMain={main !== null} />
      <FootDialog {...props} asked={asked} onClose={() => ask(null)} />
    </footer>
  );
}

/** What the verbs are about, or why there are none. */
function FootNote(props: CauseFootProps & { hasMain: boolean }) {
  const { verbs, meant, total, isInDoubt, hasMain } = props;
  const { t } = useTranslation("review");
  const { count } = meant;
  return (
    <span className={s.footNote}>
      {isInDoubt
        ? t("no_resend")
        : hasMain
          ? verbs.canSettle &&
            (meant.isWhole ? t("all_meant", { count }) : t("selected", { selected: count, total }))
          : !verbs.canSettle && t("nothing_todo")}
    </span>
  );
}

interface FootDialogProps extends CauseFootProps {
  asked: Asked | null;
  onClose: () => void;
}

function FootDialog(props: FootDialogProps) {
  const { cause, system, meant, asked, single, onClose, onDone } = props;
  const settling = {
    count: meant.count,
    system,
    ids: () => selectedIds(cause.id, meant.selection),
    onDone,
    onClose,
  };
  switch (asked) {
    case "skip":
      return <SkipDialog {...settling} />;
    case "done":
      return <DoneDialog {...settling} label={single?.label} />;
    case "link":
      return (
        single && <LinkDialog row={single} system={system} onDone={onDone} onClose={onClose} />
      );
    default:
      return null;
  }
}
