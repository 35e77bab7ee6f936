/* The one verb at the foot of a cause: what it is called, what it does, and what it then tells. */
import { useTranslation } from "react-i18next";
import { goTo } from "~/domain/places";
import { faultOf, faultText } from "~/ipc/errors";
import type { CauseView } from "~/ipc/gen/CauseView";
import type { SaveMapping } from "~/ipc/gen/SaveMapping";
import { toast } from "~/ui/primitives";
import {
  saveMapping,
  selectedIds,
  useChangeStudent,
  useReadAgain,
  useRetry,
  useSaveMapping,
  useSavePayer,
} from "./api";
import type { MappingPick } from "./CauseDetail";
import { type CustomerDraft, payerOf } from "./customer";
import { type Meant, mappingBefore, type Verbs } from "./verbs";

export interface MainVerb {
  label: string;
  run: () => void;
  isBusy: boolean;
  /** Why it cannot be done yet. */
  blocked: string | undefined;
}

interface Acting {
  cause: CauseView;
  system: string;
  verbs: Verbs;
  meant: Meant;
  choice: MappingPick | null;
  draft: CustomerDraft | null;
  onDone: () => void;
}

const failed = (thrown: unknown) => toast({ text: faultText(faultOf(thrown)), tone: "danger" });

/** What is meant goes once more; what was ever sent is looked up first. */
export function useRetrying({ cause, meant }: Acting): MainVerb {
  const { t } = useTranslation("review");
  const retry = useRetry();
  async function retrySome() {
    const record_ids = meant.isWhole ? [] : await selectedIds(cause.id, meant.selection);
    const { records } = await retry.mutateAsync({
      cause_id: meant.isWhole ? cause.id : null,
      record_ids,
    });
    toast({
      text: t("retried", { count: records }),
      action: { label: t("exports"), onPress: () => goTo("/exports") },
    });
  }
  return {
    label: t(meant.isWhole && meant.count > 1 ? "retry_all" : "retry", { count: meant.count }),
    run: () => void (retry.isPending || retrySome().catch(failed)),
    isBusy: retry.isPending,
    blocked: undefined,
  };
}

/** The counterpart is saved and what waited for it goes on; for a while that can be taken back. */
function useMending({ cause, system, choice }: Acting): MainVerb {
  const { t } = useTranslation(["review", "common"]);
  const save = useSaveMapping();
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
    const before = mappingBefore(cause);
    toast({
      text: t("retried", { count: released }),
      tone: before && "undo",
      action: before
        ? { label: t("common:undo"), onPress: () => void takeBack(before) }
        : { label: t("exports"), onPress: () => goTo("/exports") },
    });
  }
  // By then the cause has left the list: nothing of what it was drawn with may be relied on.
  const takeBack = (before: SaveMapping) =>
    saveMapping(before).then(
      () => toast({ text: t("mapping_back", { system }), tone: "info" }),
      failed,
    );
  return {
    label: t("save_retry", { count: cause.documents }),
    run: () => void (save.isPending || saveAndRetry().catch(failed)),
    isBusy: save.isPending,
    blocked: choice ? undefined : t("choose_first"),
  };
}

export function useMainVerb(acting: Acting, retry: MainVerb, onLink: () => void): MainVerb | null {
  const { cause, system, verbs, meant } = acting;
  const { t } = useTranslation("review");
  const mending = useMending(acting);
  const reading = useReading(cause, system);
  const rewriting = useRewriting(acting);
  switch (verbs.main) {
    case "save_and_retry":
      return mending;
    case "retry":
      return rewriting ?? retry;
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

/** The customer is saved as it was written, and goes once more. Nothing while nothing was written. */
function useRewriting({ draft, onDone }: Acting): MainVerb | null {
  const { t } = useTranslation("review");
  const student = useChangeStudent();
  const payer = useSavePayer();
  const retry = useRetry();
  if (!draft) return null;
  async function saveAndRetry(now: CustomerDraft) {
    if (now.kind === "payer") await payer.mutateAsync(payerOf(now));
    else await student.mutateAsync({ id: now.id, person: now.person });
    const { records } = await retry.mutateAsync({ cause_id: null, record_ids: [now.record] });
    toast({ text: t("mended", { name: now.person.name, count: records }) });
    onDone();
  }
  const isBusy = student.isPending || payer.isPending || retry.isPending;
  return {
    label: t("save_retry", { count: 1 }),
    run: () => void (isBusy || saveAndRetry(draft).catch(failed)),
    isBusy,
    blocked: undefined,
  };
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
