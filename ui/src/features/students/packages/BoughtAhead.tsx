import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { lessonsText } from "~/domain/lessons";
import { formatAmount, isZero } from "~/domain/money";
import { Day } from "~/ui/primitives";
import { usePackages } from "./api";

/** What is left of packages, in one line that opens to the rows that make it. */
export function BoughtAhead({ studentId }: { studentId: string }) {
  const { t } = useTranslation("packages");
  const packages = usePackages(studentId).data;
  const hasLessons = packages !== undefined && packages.lessons_total !== "0";
  if (!packages || (!hasLessons && isZero(packages.amount_left))) return null;
  const parts = [
    hasLessons &&
      t("lessons_of", {
        left: lessonsText(packages.lessons_left),
        total: lessonsText(packages.lessons_total),
      }),
    !isZero(packages.amount_left) &&
      t("amount_prepaid", { amount: formatAmount(packages.amount_left) }),
    hasLessons && t("worth_of", { amount: formatAmount(packages.worth) }),
  ];
  return (
    <p>
      <Link to="/students/$id" params={{ id: studentId }} search={{ tab: "packages" }}>
        {parts.filter(Boolean).join(", ")}
        {packages.valid_until && (
          <>
            {", "}
            {t("valid_until_word")} <Day of={packages.valid_until} look="long" />
          </>
        )}
      </Link>
    </p>
  );
}
