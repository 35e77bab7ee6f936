import { useTranslation } from "react-i18next";
import { useDeskStatus } from "./api";
import s from "./Start.module.css";

/** Whose book it is, and whether it is the invented one. */
export function Scope() {
  const { t } = useTranslation("start");
  const school = useDeskStatus().data?.school;
  if (!school) return null;
  return (
    <span className={s.scope}>
      <span className="clip">{school.name}</span>
      {school.sample && <span className={s.sampleMark}>{t("sample_mark")}</span>}
    </span>
  );
}
