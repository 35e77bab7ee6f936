import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Day, SkeletonLines, Table } from "~/ui/primitives";
import { useCountryDefaults } from "./api";
import type { Draft } from "./form";

/** The VAT codes the country begins with. They are the school's own data from then on. */
export function VatTable({
  country,
  onDefaults,
}: {
  country: string;
  onDefaults: (change: Partial<Draft>) => void;
}) {
  const { t } = useTranslation("start");
  const { data } = useCountryDefaults(country);
  // Another country brings its currency; what was typed about prices stays.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only new data may overwrite
  useEffect(() => {
    if (data && data.country === country) {
      onDefaults({ currency: data.currency, language: data.language });
    }
  }, [data]);
  if (!data) return <SkeletonLines count={4} />;
  return (
    <Table
      label={t("vat_codes")}
      look="panel"
      rows={data.tax_codes}
      rowId={(code) => `${code.code} ${code.valid_from}`}
      columns={[
        { id: "code", header: t("vat_code"), cell: (c) => <span className="num">{c.code}</span> },
        { id: "name", header: t("vat_name"), cell: (c) => c.name },
        {
          id: "from",
          header: t("vat_from"),
          cell: (c) => (
            <span className="t2">
              <Day of={c.valid_from} />
            </span>
          ),
        },
        {
          id: "rate",
          header: t("vat_rate"),
          align: "end",
          cell: (c) => <span className="num">{c.rate.replace(".", ",")} %</span>,
        },
      ]}
    />
  );
}
