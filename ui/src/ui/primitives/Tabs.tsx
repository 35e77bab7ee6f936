import type { ReactNode } from "react";
import { Tabs as AriaTabs, Tab, TabList, TabPanel } from "react-aria-components";
import { cx } from "./cx";
import s from "./Tabs.module.css";

export interface TabItem<K extends string = string> {
  id: K;
  name: string;
  /** How many stand behind the tab. */
  count?: number;
  /** The count is something a person must look at. */
  isAlarming?: boolean;
}

export interface TabsProps<K extends string = string> {
  label: string;
  tabs: readonly TabItem<K>[];
  value: K;
  onChange: (id: K) => void;
  /** What the chosen tab shows; it fills the rest of the page. */
  children: ReactNode;
  /** Stands at the right end of the line of tabs. */
  end?: ReactNode;
}

const counts = new Intl.NumberFormat("nb-NO");

export function Tabs<K extends string>(props: TabsProps<K>) {
  const { label, tabs, value, onChange, children, end } = props;
  return (
    <AriaTabs
      className={s.tabs}
      selectedKey={value}
      onSelectionChange={(id) => onChange(String(id) as K)}
    >
      <div className={s.line}>
        <TabList className={s.list} aria-label={label}>
          {tabs.map((tab) => (
            <Tab key={tab.id} id={tab.id} className={s.tab}>
              {tab.name}
              {tab.count !== undefined && (
                <span className={cx(s.count, tab.isAlarming && tab.count > 0 && s.alarming)}>
                  {counts.format(tab.count)}
                </span>
              )}
            </Tab>
          ))}
        </TabList>
        {end && <div className={s.end}>{end}</div>}
      </div>
      {/* A panel keeps the name it was made with, so each tab has its own. */}
      <TabPanel key={value} id={value} className={s.panel}>
        {children}
      </TabPanel>
    </AriaTabs>
  );
}
