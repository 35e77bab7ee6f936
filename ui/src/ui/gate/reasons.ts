import type { TFunction } from "i18next";
import { formatAmount } from "~/domain/money";
import type { GatePassed } from "~/ipc/gen/GatePassed";

/** Which limit was passed and by how much, in words. */
export function reasonOf(t: TFunction<"students">, passed: GatePassed): string {
  switch (passed.what) {
    case "overdue":
    case "balance":
      return t(`passed_${passed.what}`, {
        amount: passed.amount ? formatAmount(passed.amount) : "",
        limit: passed.limit ? formatAmount(passed.limit) : "",
      });
    case "days_overdue":
      return t("passed_days", { count: passed.days ?? 0, limit: passed.limit_days ?? 0 });
    case "test":
      return t("passed_test", { count: passed.days ?? 0, limit: passed.limit_days ?? 0 });
    default:
      return passed.what;
  }
}
