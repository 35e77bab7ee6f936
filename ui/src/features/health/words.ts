import type { TFunction } from "i18next";
import type { QualityFinding } from "~/ipc/gen/QualityFinding";

type T = TFunction<"health">;

/** How long something took: in the largest unit that it fills, rounded up. */
export function took(t: T, seconds: number): string {
  if (seconds < 120) return t("seconds", { n: seconds });
  if (seconds < 7200) return t("minutes", { n: Math.ceil(seconds / 60) });
  if (seconds < 172_800) return t("hours", { n: Math.ceil(seconds / 3600) });
  return t("days", { n: Math.ceil(seconds / 86_400) });
}

/** Thousandths as a percentage. */
export const percent = (permille: number): string =>
  `${new Intl.NumberFormat("nb-NO", { maximumFractionDigits: 1 }).format(permille / 10)} %`;

/** What is wrong, in words. */
export const wrong = (t: T, { class: of, detail, system }: QualityFinding): string =>
  t(`is_${of === "country" && detail === "" ? "no_country" : of}` as "is_mapping", {
    defaultValue: of,
    detail,
    system,
  });

/** Why it matters. */
export const why = (t: T, { class: of, system }: QualityFinding): string =>
  t(`why_${of}` as "why_mapping", { defaultValue: "", system });
