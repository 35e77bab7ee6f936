/* One JSON file per area and language. A new area is added to both imports and both records. */
import en_ageing from "./en/ageing.json";
import en_audit from "./en/audit.json";
import en_bookingrules from "./en/bookingrules.json";
import en_causes from "./en/causes.json";
import en_charges from "./en/charges.json";
import en_commands from "./en/commands.json";
import en_common from "./en/common.json";
import en_conflicts from "./en/conflicts.json";
import en_connections from "./en/connections.json";
import en_errors from "./en/errors.json";
import en_exchange from "./en/exchange.json";
import en_exports from "./en/exports.json";
import en_fields from "./en/fields.json";
import en_grid from "./en/grid.json";
import en_guide from "./en/guide.json";
import en_health from "./en/health.json";
import en_home from "./en/home.json";
import en_import from "./en/import.json";
import en_invoices from "./en/invoices.json";
import en_ledger from "./en/ledger.json";
import en_lists from "./en/lists.json";
import en_mapping from "./en/mapping.json";
import en_packages from "./en/packages.json";
import en_payers from "./en/payers.json";
import en_payments from "./en/payments.json";
import en_plans from "./en/plans.json";
import en_reconcile from "./en/reconcile.json";
import en_recurring from "./en/recurring.json";
import en_reminders from "./en/reminders.json";
import en_reports from "./en/reports.json";
import en_review from "./en/review.json";
import en_settings from "./en/settings.json";
import en_start from "./en/start.json";
import en_status from "./en/status.json";
import en_students from "./en/students.json";
import en_theirreports from "./en/theirreports.json";
import nb_ageing from "./nb/ageing.json";
import nb_audit from "./nb/audit.json";
import nb_bookingrules from "./nb/bookingrules.json";
import nb_causes from "./nb/causes.json";
import nb_charges from "./nb/charges.json";
import nb_commands from "./nb/commands.json";
import nb_common from "./nb/common.json";
import nb_conflicts from "./nb/conflicts.json";
import nb_connections from "./nb/connections.json";
import nb_errors from "./nb/errors.json";
import nb_exchange from "./nb/exchange.json";
import nb_exports from "./nb/exports.json";
import nb_fields from "./nb/fields.json";
import nb_grid from "./nb/grid.json";
import nb_guide from "./nb/guide.json";
import nb_health from "./nb/health.json";
import nb_home from "./nb/home.json";
import nb_import from "./nb/import.json";
import nb_invoices from "./nb/invoices.json";
import nb_ledger from "./nb/ledger.json";
import nb_lists from "./nb/lists.json";
import nb_mapping from "./nb/mapping.json";
import nb_packages from "./nb/packages.json";
import nb_payers from "./nb/payers.json";
import nb_payments from "./nb/payments.json";
import nb_plans from "./nb/plans.json";
import nb_reconcile from "./nb/reconcile.json";
import nb_recurring from "./nb/recurring.json";
import nb_reminders from "./nb/reminders.json";
import nb_reports from "./nb/reports.json";
import nb_review from "./nb/review.json";
import nb_settings from "./nb/settings.json";
import nb_start from "./nb/start.json";
import nb_status from "./nb/status.json";
import nb_students from "./nb/students.json";
import nb_theirreports from "./nb/theirreports.json";

export const en = {
  ageing: en_ageing,
  audit: en_audit,
  bookingrules: en_bookingrules,
  causes: en_causes,
  charges: en_charges,
  commands: en_commands,
  common: en_common,
  conflicts: en_conflicts,
  connections: en_connections,
  errors: en_errors,
  exchange: en_exchange,
  exports: en_exports,
  fields: en_fields,
  grid: en_grid,
  guide: en_guide,
  health: en_health,
  home: en_home,
  import: en_import,
  invoices: en_invoices,
  lists: en_lists,
  ledger: en_ledger,
  mapping: en_mapping,
  packages: en_packages,
  payers: en_payers,
  payments: en_payments,
  plans: en_plans,
  reconcile: en_reconcile,
  recurring: en_recurring,
  reminders: en_reminders,
  reports: en_reports,
  review: en_review,
  settings: en_settings,
  start: en_start,
  status: en_status,
  students: en_students,
  theirreports: en_theirreports,
};

export const nb = {
  ageing: nb_ageing,
  audit: nb_audit,
  bookingrules: nb_bookingrules,
  causes: nb_causes,
  charges: nb_charges,
  commands: nb_commands,
  common: nb_common,
  conflicts: nb_conflicts,
  connections: nb_connections,
  errors: nb_errors,
  exchange: nb_exchange,
  exports: nb_exports,
  fields: nb_fields,
  grid: nb_grid,
  guide: nb_guide,
  health: nb_health,
  home: nb_home,
  import: nb_import,
  invoices: nb_invoices,
  lists: nb_lists,
  ledger: nb_ledger,
  mapping: nb_mapping,
  packages: nb_packages,
  payers: nb_payers,
  payments: nb_payments,
  plans: nb_plans,
  reconcile: nb_reconcile,
  recurring: nb_recurring,
  reminders: nb_reminders,
  reports: nb_reports,
  review: nb_review,
  settings: nb_settings,
  start: nb_start,
  status: nb_status,
  students: nb_students,
  theirreports: nb_theirreports,
};
