import {
  Activity,
  BellRing,
  BookOpenText,
  CalendarCheck2,
  CalendarClock,
  ChartNoAxesColumn,
  GitCompareArrows,
  HandCoins,
  House,
  Inbox,
  Layers,
  type LucideIcon,
  Plug,
  ReceiptText,
  Scale,
  ScrollText,
  Settings2,
  Shuffle,
  Ticket,
  Upload,
  UsersRound,
  Wallet,
} from "lucide-react";

export type NavArea =
  | "home"
  | "students"
  | "payers"
  | "charges"
  | "invoices"
  | "payments"
  | "plans"
  | "packages"
  | "ageing"
  | "reminders"
  | "reports"
  | "connections"
  | "mapping"
  | "ledger"
  | "exports"
  | "review"
  | "conflicts"
  | "reconcile"
  | "health"
  | "audit"
  | "settings";

export interface NavEntry {
  area: NavArea;
  path: string;
  icon: LucideIcon;
  /** Second key after `g`. */
  letter: string;
  section: "office" | "accounting" | "desk";
}

/** The entries in their order. One is shown when a feature has brought its screens. */
export const NAV: readonly NavEntry[] = [
  { area: "home", path: "/", icon: House, letter: "h", section: "office" },
  { area: "students", path: "/students", icon: UsersRound, letter: "s", section: "office" },
  { area: "payers", path: "/payers", icon: HandCoins, letter: "w", section: "office" },
  { area: "charges", path: "/charges", icon: CalendarCheck2, letter: "b", section: "office" },
  { area: "invoices", path: "/invoices", icon: ReceiptText, letter: "i", section: "office" },
  { area: "payments", path: "/payments", icon: Wallet, letter: "p", section: "office" },
  { area: "plans", path: "/plans", icon: CalendarClock, letter: "y", section: "office" },
  { area: "packages", path: "/packages", icon: Ticket, letter: "k", section: "office" },
  { area: "ageing", path: "/ageing", icon: Layers, letter: "a", section: "office" },
  { area: "reminders", path: "/reminders", icon: BellRing, letter: "d", section: "office" },
  { area: "reports", path: "/reports", icon: ChartNoAxesColumn, letter: "v", section: "office" },
  { area: "connections", path: "/connections", icon: Plug, letter: "c", section: "accounting" },
  { area: "mapping", path: "/mapping", icon: Shuffle, letter: "m", section: "accounting" },
  { area: "exports", path: "/exports", icon: Upload, letter: "e", section: "accounting" },
  { area: "review", path: "/review", icon: Inbox, letter: "r", section: "accounting" },
  {
    area: "conflicts",
    path: "/conflicts",
    icon: GitCompareArrows,
    letter: "f",
    section: "accounting",
  },
  { area: "reconcile", path: "/reconcile", icon: Scale, letter: "o", section: "accounting" },
  { area: "health", path: "/health", icon: Activity, letter: "x", section: "accounting" },
  { area: "ledger", path: "/ledger", icon: BookOpenText, letter: "j", section: "accounting" },
  { area: "audit", path: "/audit", icon: ScrollText, letter: "l", section: "desk" },
  { area: "settings", path: "/settings", icon: Settings2, letter: "t", section: "desk" },
];
