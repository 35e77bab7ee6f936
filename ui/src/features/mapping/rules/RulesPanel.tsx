import { ListOrdered, Plus } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { faultOf, faultText } from "~/ipc/errors";
import type { MappingRule } from "~/ipc/gen/MappingRule";
import type { MappingRulesView } from "~/ipc/gen/MappingRulesView";
import { Button, EmptyState, Skeleton, toast, UnreadBanner } from "~/ui/primitives";
import { useRules, useSaveRules } from "../api";
import { RemoveRule } from "./RemoveRule";
import { RuleDialog } from "./RuleDialog";
import { RuleLine } from "./RuleLine";
import s from "./Rules.module.css";
import { moved, withRule } from "./words";

export interface RulesPanelProps {
  connectionId: string;
  departmentId: string | undefined;
  systemName: string;
}

/** What is booked otherwise than the mapping says, in the order it is asked. */
export function RulesPanel({ connectionId, departmentId, systemName }: RulesPanelProps) {
  const { t } = useTranslation("bookingrules");
  const { data, error, refetch } = useRules(connectionId, departmentId);
  return (
    <section className={s.panel} aria-label={t("title")}>
      {error && (
        <UnreadBanner
          title={t("failed_title")}
          fault={faultText(error.fault)}
          onRetry={() => void refetch()}
        />
      )}
      {data ? <Rules view={data} systemName={systemName} /> : !error && <Skeleton width={420} />}
    </section>
  );
}

/** The list, and what is done with one of it. Each change is saved at once, as a version. */
function Rules({ view, systemName: system }: { view: MappingRulesView; systemName: string }) {
  const { t } = useTranslation("bookingrules");
  const { rules, save, isSaving } = useRuleList(view);
  const focus = useKeptFocus(rules);
  const [open, setOpen] = useState<{ at: number | null; verb: "edit" | "remove" } | null>(null);
  const close = () => setOpen(null);
  const chosen = open?.at === null || open === null ? undefined : rules[open.at];
  return (
    <>
      <div className={s.head}>
        <p className={s.lead}>{t("lead", { system })}</p>
        <Button
          variant="primary"
          icon={Plus}
          onPress={() => setOpen({ at: null, verb: "edit" })}
          isBusy={isSaving}
        >
          {t("add")}
        </Button>
      </div>
      {rules.length === 0 && (
        <EmptyState kind="first_use" icon={ListOrdered} title={t("none_title")}>
          {t("none_body")}
        </EmptyState>
      )}
      {rules.length > 0 && (
        <ol className={s.list} aria-label={t("list")} ref={focus.list}>
          {rules.map((rule, at) => (
            <RuleLine
              key={rule.id}
              rule={rule}
              place={{ at, of: rules.length }}
              view={view}
              onEdit={() => setOpen({ at, verb: "edit" })}
              onRemove={() => setOpen({ at, verb: "remove" })}
              onMove={(by) => {
                const { name } = rule;
                focus.keep(t(by < 0 ? "earlier" : "later", { name }));
                void save(moved(rules, at, by), t("moved", { name }));
              }}
              onSwitch={(on) =>
                void save(
                  withRule(rules, at, { ...rule, on }),
                  t(on ? "switched_on" : "switched_off", { name: rule.name }),
                )
              }
            />
          ))}
        </ol>
      )}
      <Inherited view={view} />
      {open?.verb === "edit" && (
        <RuleDialog view={view} at={open.at} rule={chosen} systemName={system} onClose={close} />
      )}
      {open?.verb === "remove" && chosen && (
        <RemoveRule
          name={chosen.name}
          onClose={close}
          onRemove={() => {
            close();
            const left = rules.filter((rule) => rule.id !== chosen.id);
            void save(left, t("removed", { name: chosen.name }));
          }}
        />
      )}
    </>
  );
}

/** The rules of the level, and how all of them are saved. */
function useRuleList(view: MappingRulesView) {
  const saving = useSaveRules();
  async function save(rules: MappingRule[] | undefined, said: string) {
    if (rules === undefined || saving.isPending) return;
    const { connection_id, department_id } = view;
    try {
      await saving.mutateAsync({ connection_id, department_id, rules });
      toast({ text: said });
    } catch (thrown) {
      toast({ text: faultText(faultOf(thrown)), tone: "danger" });
    }
  }
  return { rules: view.rules, save, isSaving: saving.isPending };
}

/** The button that moved a rule keeps the focus, wherever the rule stands now. */
function useKeptFocus(rules: readonly MappingRule[]) {
  const list = useRef<HTMLOListElement>(null);
  const label = useRef<string | null>(null);
  useEffect(() => {
    if (label.current === null || rules.length === 0) return;
    const buttons = [...(list.current?.querySelectorAll("button") ?? [])];
    buttons.find((it) => it.getAttribute("aria-label") === label.current)?.focus();
    label.current = null;
  }, [rules]);
  const keep = (name: string) => {
    label.current = name;
  };
  return { list, keep };
}

/** In a department: the school's rules, which are asked after its own. */
function Inherited({ view }: { view: MappingRulesView }) {
  const { t } = useTranslation("bookingrules");
  if (view.inherited.length === 0) return null;
  return (
    <>
      <h2 className={s.inherited}>{t("inherited")}</h2>
      <ol className={s.list} aria-label={t("inherited")}>
        {view.inherited.map((rule, at) => (
          <RuleLine
            key={rule.id}
            rule={rule}
            place={{ at, of: view.inherited.length }}
            view={view}
          />
        ))}
      </ol>
    </>
  );
}
