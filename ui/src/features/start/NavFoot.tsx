import { useTranslation } from "react-i18next";
import { useDeskStatus } from "./api";
import s from "./Start.module.css";

/** Which desk this is, and which Kontor. */
export function NavFoot() {
  const { t } = useTranslation("start");
  const status = useDeskStatus().data;
  if (!status?.school) return null;
  return (
    <div className={s.navFoot}>
      <span className="clip">{t("desk", { desk: status.school.desk })}</span>
      <span>v{status.version}</span>
    </div>
  );
}
