import { useTranslation } from "react-i18next";
import { ActionBar, Button } from "~/ui/primitives";
import s from "./Mapping.module.css";

export interface SaveBarProps {
  count: number;
  /** Documents that go on once it is saved. */
  releases: number;
  isBusy: boolean;
  onSave: () => void;
  onDiscard: () => void;
}

/** Shown while something is not saved; the verb says what follows. */
export function SaveBar({ count, releases, isBusy, onSave, onDiscard }: SaveBarProps) {
  const { t } = useTranslation("mapping");
  if (count === 0) return null;
  return (
    <ActionBar
      actions={
        <>
          <Button onPress={onDiscard} isDisabled={isBusy}>
            {t("discard")}
          </Button>
          <Button variant="primary" keys="mod+s" isBusy={isBusy} onPress={onSave}>
            {t("save", { count })}
          </Button>
        </>
      }
    >
      <span className="row" role="status">
        <span className={s.dot} aria-hidden />
        <b>{t("unsaved", { count })}</b>
        {releases > 0 && <span className="t2">{t("releases", { count: releases })}</span>}
      </span>
    </ActionBar>
  );
}
