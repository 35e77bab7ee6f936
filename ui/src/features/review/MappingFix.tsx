import { Link } from "@tanstack/react-router";
import { ArrowRight, Lightbulb } from "lucide-react";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { choiceDetail, rowCode, rowDetail } from "~/i18n/mappingWords";
import { faultText } from "~/ipc/errors";
import type { CauseMapping } from "~/ipc/gen/CauseMapping";
import type { CauseView } from "~/ipc/gen/CauseView";
import type { RemoteChoice } from "~/ipc/gen/RemoteChoice";
import { ComboBox, type ComboOption, Icon, Note } from "~/ui/primitives";
import { useMapping } from "./api";
import type { MappingPick } from "./CauseDetail";
import s from "./Review.module.css";

export interface MappingFixProps {
  cause: CauseView;
  mapping: CauseMapping;
  system: string;
  choice: MappingPick | null;
  onChoose: (choice: MappingPick | null) => void;
}

const THEIRS: Record<
  string,
  "theirs_account" | "theirs_tax" | "theirs_bank" | "theirs_tracking" | "theirs_field"
> = {
  tax_code: "theirs_tax",
  payment_method: "theirs_bank",
  department: "theirs_tracking",
  custom_field: "theirs_field",
};

/** The row that lacks a counterpart, what it may be mapped to, and what is suggested. */
function useCounterparts({ cause, mapping, choice, onChoose }: MappingFixProps) {
  const { data: view, error } = useMapping(cause.connection_id, mapping.department_id, true);
  const row = view?.rows.find(
    (one) => one.kind === mapping.kind && one.local_key === mapping.local_key,
  );
  const suggestion = row?.suggestion ?? null;
  const lists: Record<string, readonly RemoteChoice[] | undefined> = {
    tax_code: view?.tax_codes,
    department: view?.tracking,
    custom_field: view?.fields,
  };
  const all = mapping.kind in lists ? lists[mapping.kind] : view?.accounts;
  const fitting = (all ?? []).filter((one) => one.fits.includes(mapping.kind));

  // The suggestion stands in the field, so that one key is enough; it is saved only by the verb.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the suggestion comes
  useEffect(() => {
    if (suggestion && choice === null)
      onChoose({
        code: suggestion.remote_code,
        name: suggestion.remote_name,
        fromSuggestion: true,
      });
  }, [suggestion?.remote_code]);

  const load = async (query: string): Promise<ComboOption[]> => {
    const wanted = query.toLocaleLowerCase();
    return fitting
      .filter((one) => `${one.code} ${one.name}`.toLocaleLowerCase().includes(wanted))
      .map((one) => ({ id: one.code, code: one.code, name: one.name, meta: choiceDetail(one) }));
  };
  return { row, suggestion, load, isWaiting: view === undefined, error };
}

/** The missing counterpart, chosen where it is missed. */
export function MappingFix(props: MappingFixProps) {
  const { mapping, system, choice, onChoose } = props;
  const { t } = useTranslation("review");
  const { row, suggestion, load, isWaiting, error } = useCounterparts(props);
  return (
    <div className={s.fix}>
      <div className={s.fixRow}>
        <div>
          <span className={s.fixLabel}>
            {t(`kind_${mapping.kind}` as "kind_service", { defaultValue: mapping.kind })}
          </span>
          <span className={s.ours}>
            <b>{mapping.label}</b>
            <span className="t3 num">
              {[row && rowCode(row), row && rowDetail(row)].filter(Boolean).join(" · ")}
            </span>
          </span>
        </div>
        <Icon of={ArrowRight} className={s.fixArrow} />
        <div className="grow">
          <ComboBox
            label={t(THEIRS[mapping.kind] ?? "theirs_account", { system })}
            value={
              choice && {
                id: choice.code,
                name: choice.name === choice.code ? choice.code : `${choice.code}  ${choice.name}`,
              }
            }
            load={load}
            placeholder={t("choose")}
            isDisabled={isWaiting}
            onChange={(option) =>
              onChoose(option && { code: option.id, name: option.name, fromSuggestion: false })
            }
          />
        </div>
      </div>
      {error && <Note tone="danger">{faultText(error.fault)}</Note>}
      <Why
        connectionId={props.cause.connection_id}
        because={choice?.fromSuggestion ? suggestion?.because : undefined}
      />
    </div>
  );
}

/** Why it is suggested, and the way to all that is missing. */
function Why({ connectionId, because }: { connectionId: string; because: string | undefined }) {
  const { t } = useTranslation("review");
  return (
    <div className={s.fixWhy}>
      {because && (
        <>
          <Icon of={Lightbulb} size={14} />
          {t("suggested", {
            reason: t(`because_${because}` as "because_same_name", { defaultValue: because }),
          })}
        </>
      )}
      <Link to="/mapping" search={{ connection: connectionId, missing: true }}>
        {t("open_mapping")}
      </Link>
    </div>
  );
}
