import { useTranslation } from "react-i18next";
import { useDeskStatus } from "./api";
import { SchoolMenu } from "./SchoolMenu";
import s from "./Start.module.css";

/** Whose book it is, and whether it is the invented one. */
export function Scope() {
  const { t } = useTranslation("start");
  const school = useDeskStatus().data?.school;
  if (!school) return null;
  return (
    <span className={s.scope}>
      <SchoolMenu>{school.name}</SchoolMenu>
      {school.sample && <span className={s.sampleMark}>{t("sample_mark")}</span>}
    </span>
  );
}
