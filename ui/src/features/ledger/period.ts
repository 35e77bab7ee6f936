/* Periods a person asks the ledger about. Days only; amounts are the backend's. */

export const PERIODS = ["this_month", "last_month", "this_year", "last_year", "all"] as const;
export type PeriodName = (typeof PERIODS)[number];

export interface Period {
  from: string | null;
  to: string | null;
}

const two = (n: number) => String(n).padStart(2, "0");

function month(year: number, zeroBased: number): Period {
  const at = new Date(Date.UTC(year, zeroBased, 1));
  const [y, m] = [at.getUTCFullYear(), at.getUTCMonth()];
  const last = new Date(Date.UTC(y, m + 1, 0)).getUTCDate();
  return { from: `${y}-${two(m + 1)}-01`, to: `${y}-${two(m + 1)}-${two(last)}` };
}

/** From which day to which a period lasts, seen from today. */
export function periodOf(name: PeriodName, today: string): Period {
  const [year = 1970, monthNumber = 1] = today.split("-").map(Number);
  switch (name) {
    case "this_month":
      return month(year, monthNumber - 1);
    case "last_month":
      return month(year, monthNumber - 2);
    case "this_year":
      return { from: `${year}-01-01`, to: `${year}-12-31` };
    case "last_year":
      return { from: `${year - 1}-01-01`, to: `${year - 1}-12-31` };
    case "all":
      return { from: null, to: null };
  }
}

/** What stands in the address: two days, or the name of a period. */
export interface PeriodSearch {
  period?: PeriodName;
  from?: string;
  to?: string;
}

export function askedPeriod(search: PeriodSearch, today: string): Period {
  if (search.from !== undefined || search.to !== undefined)
    return { from: search.from ?? null, to: search.to ?? null };
  return periodOf(search.period ?? "this_month", today);
}
