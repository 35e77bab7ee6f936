import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { cx, Icon } from "~/ui/primitives";
import type { Feature } from "./feature";
import { features, slots } from "./features";
import { Mark } from "./Mark";
import s from "./Nav.module.css";
import { NAV, type NavEntry } from "./nav";

const SECTIONS = ["office", "accounting", "desk"] as const;

export const shownEntries = (all: readonly Feature[]): NavEntry[] =>
  NAV.filter((entry) => all.some((f) => f.nav === entry.area));

export function Nav() {
  const { t } = useTranslation();
  const entries = shownEntries(features);
  const { NavFoot } = slots;
  return (
    <nav className={s.nav} aria-label={t("navigation")}>
      <div className={s.mark}>
        <Mark />
        <span className={s.word}>Kontor</span>
      </div>
      {SECTIONS.map((section) => (
        <ul key={section} className={s.section}>
          {section === "accounting" && entries.some((e) => e.section === section) && (
            <li className={s.head}>{t("accounting")}</li>
          )}
          {entries
            .filter((e) => e.section === section)
            .map((e) => (
              <NavItem key={e.area} entry={e} />
            ))}
        </ul>
      ))}
      {NavFoot && (
        <div className={s.foot}>
          <NavFoot />
        </div>
      )}
    </nav>
  );
}

const noBadge = () => undefined;

function NavItem({ entry }: { entry: NavEntry }) {
  const { i18n } = useTranslation();
  const { area, path, icon } = entry;
  const useBadge = features.find((f) => f.nav === area)?.useBadge ?? noBadge;
  const badge = useBadge();
  const title = i18n.t(`${area}:title`);
  return (
    <li>
      <Link to={path} title={title} className={s.item} activeOptions={{ exact: path === "/" }}>
        <Icon of={icon} />
        <span className={cx("clip", s.word)}>{title}</span>
        {badge !== undefined && badge > 0 && <span className={s.badge}>{badge}</span>}
      </Link>
    </li>
  );
}
