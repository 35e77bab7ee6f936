import { i18n } from "~/i18n";
import type { SettingsTab } from "./routes";

/** Something that can be set, by the words it is shown with. */
export interface Matter {
  tab: SettingsTab;
  /** Its heading; also how its part of the screen is found. */
  title: string;
  about?: string;
}

const matter = (tab: SettingsTab, title: string, about?: string): Matter => ({ tab, title, about });

/** All that can be set. A test looks for parts of the screen that are missing here. */
export const MATTERS: readonly Matter[] = [
  matter("display", "common:theme", "settings:theme_about"),
  matter("display", "common:density", "settings:density_about"),
  matter("display", "common:language", "settings:language_about"),
  matter("display", "settings:notices", "settings:notices_about"),
  matter("display", "settings:keys", "settings:keys_about"),
  matter("school", "settings:school", "settings:school_about"),
  matter("school", "settings:vat", "settings:vat_about"),
  matter("school", "settings:methods", "settings:methods_about"),
  matter("school", "settings:payment_terms", "settings:terms_about"),
  matter("school", "settings:small_difference", "settings:small_difference_about"),
  matter("prices", "settings:tab_prices"),
  matter("vat", "settings:tab_vat", "settings:vat_note"),
  matter("exchange", "exchange:rates", "exchange:no_rates_body"),
  matter("series", "settings:tab_series"),
  matter("milestones", "settings:tab_milestones", "settings:milestones_about"),
  matter("reminders", "settings:schedule", "settings:schedule_about"),
  matter("reminders", "settings:mail", "settings:mail_about"),
  matter("reminders", "settings:sms", "settings:sms_about"),
  matter("owing", "settings:buckets", "settings:buckets_about"),
  matter("owing", "settings:gate", "settings:gate_about"),
  matter("files", "settings:import_title", "settings:import_about"),
  matter("files", "settings:export_title", "settings:export_about"),
  matter("users", "settings:tab_users"),
  matter("users", "settings:departments_title"),
  matter("users", "settings:idle_lock"),
  matter("book", "settings:verify_title", "settings:verify_about"),
  matter("book", "settings:lock_title"),
  matter("book", "settings:version_title"),
  matter("book", "settings:sample_title", "settings:sample_about"),
];

export const wordsOf = (key: string | undefined): string =>
  key === undefined ? "" : String(i18n.t(key as never));

export const tabName = (tab: SettingsTab): string => wordsOf(`settings:tab_${tab}`);

/** Every word that is typed must stand somewhere in heading, meaning or tab; headings first. */
export function foundMatters(query: string): Matter[] {
  const words = query.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const has = (text: string) => words.every((word) => text.toLocaleLowerCase().includes(word));
  const all = MATTERS.filter(({ tab, title, about }) =>
    has(`${wordsOf(title)} ${wordsOf(about)} ${tabName(tab)}`),
  );
  const named = all.filter(({ title }) => has(wordsOf(title)));
  return [...named, ...all.filter((one) => !named.includes(one))];
}

export const matterPath = ({ tab, title }: Matter): string =>
  `/settings?tab=${tab}&at=${encodeURIComponent(title)}`;
