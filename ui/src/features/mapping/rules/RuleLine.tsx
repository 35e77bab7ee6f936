import { ArrowDown, ArrowUp, Pencil, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { MappingRule } from "~/ipc/gen/MappingRule";
import type { MappingRulesView } from "~/ipc/gen/MappingRulesView";
import { cx, IconButton, Pill, Switch } from "~/ui/primitives";
import s from "./Rules.module.css";
import { conditionText, settingText } from "./words";

interface RuleLineProps {
  rule: MappingRule;
  place: { at: number; of: number };
  view: MappingRulesView;
  /** Without these it is only shown. */
  onEdit?: () => void;
  onRemove?: () => void;
  onMove?: (by: -1 | 1) => void;
  onSwitch?: (on: boolean) => void;
}

/** One rule: its place, when it holds and what it sets. */
export function RuleLine(props: RuleLineProps) {
  const { rule, place, view } = props;
  const { t } = useTranslation("bookingrules");
  return (
    <li className={cx(s.rule, !rule.on && s.off)}>
      <span className={cx("num t3", s.place)} aria-hidden>
        {place.at + 1}
      </span>
      <div className={s.words}>
        <h2 className={s.name}>
          {rule.name}
          {!rule.on && (
            <Pill tone="neutral" shape="none" isQuiet>
              {t("off")}
            </Pill>
          )}
        </h2>
        <p className={s.text}>
          <span className="t3">{t("when")} </span>
          {rule.when.length === 0
            ? t("always")
            : rule.when.map((it) => conditionText(t, view.conditions, it)).join(t("and"))}
        </p>
        <p className={s.text}>
          <span className="t3">{t("then")} </span>
          {rule.set.map((it) => settingText(t, view.settings, it)).join(t("and"))}
        </p>
      </div>
      {props.onEdit && <Verbs {...props} />}
    </li>
  );
}

function Verbs({ rule, place, onEdit, onRemove, onMove, onSwitch }: RuleLineProps) {
  const { t } = useTranslation("bookingrules");
  const { name } = rule;
  return (
    <span className={s.verbs}>
      <Switch isSelected={rule.on} onChange={(on) => onSwitch?.(on)}>
        <span className="sr">{t("switch", { name })}</span>
      </Switch>
      <IconButton
        icon={ArrowUp}
        label={t("earlier", { name })}
        disabledReason={place.at === 0 ? t("is_first") : undefined}
        onPress={() => onMove?.(-1)}
      />
      <IconButton
        icon={ArrowDown}
        label={t("later", { name })}
        disabledReason={place.at === place.of - 1 ? t("is_last") : undefined}
        onPress={() => onMove?.(1)}
      />
      <IconButton icon={Pencil} label={t("edit", { name })} onPress={onEdit} />
      <IconButton icon={Trash2} label={t("remove", { name })} onPress={onRemove} />
    </span>
  );
}
