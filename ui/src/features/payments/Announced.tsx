import { useTranslation } from "react-i18next";
import { Checkbox, EmptyState } from "~/ui/primitives";
import s from "./Payments.module.css";

interface AnnouncedProps {
  isAnnounced: boolean;
  onChange: (isAnnounced: boolean) => void;
}

/** Money somebody says is on its way: a transfer, or a payment that a gateway has not settled. */
export function Announced({ isAnnounced, onChange }: AnnouncedProps) {
  const { t } = useTranslation("payments");
  return (
    <div className={s.inset}>
      <Checkbox isSelected={isAnnounced} onChange={onChange}>
        {t("announced")}
      </Checkbox>
    </div>
  );
}

/** It settles nothing until it is there. */
export function NotHereYet() {
  const { t } = useTranslation("payments");
  return (
    <EmptyState kind="first_use" title={t("announced_title")}>
      {t("announced_body")}
    </EmptyState>
  );
}
