import { useTranslation } from "react-i18next";
import { useDesk } from "~/ipc/desk";
import { faultText } from "~/ipc/errors";
import type { SchoolView } from "~/ipc/gen/SchoolView";
import type { TaxCodeView } from "~/ipc/gen/TaxCodeView";
import { Day, Facts, Note, Scroll, SkeletonLines, Table } from "~/ui/primitives";
import { useDeskStatus, useTables } from "./api";
import { Part } from "./Part";
import { PaymentMethods } from "./PaymentMethods";
import { SchoolTerms } from "./SchoolTerms";
import { SmallDifference } from "./SmallDifference";

/** What stands on the school's paper, and the tables its forms choose from. */
export function SchoolPart() {
  const { t } = useTranslation("settings");
  const school = useDeskStatus().data?.school;
  const tables = useTables();
  return (
    <Scroll label={t("tab_school")}>
      <Part title={t("school")} about={t("school_about")}>
        {school ? <SchoolFacts school={school} /> : <SkeletonLines count={6} />}
      </Part>
      {tables.error && <Note tone="danger" title={faultText(tables.error.fault)} />}
      <Part title={t("vat")} about={t("vat_about")}>
        {tables.data ? <VatTable codes={tables.data.tax_codes} /> : <SkeletonLines count={4} />}
      </Part>
      <Part title={t("methods")} about={t("methods_about")}>
        {tables.data ? (
          <PaymentMethods methods={tables.data.payment_methods} />
        ) : (
          <SkeletonLines count={4} />
        )}
      </Part>
      <Part title={t("payment_terms")} about={t("terms_about")}>
        {tables.data ? <SchoolTerms terms={tables.data.terms} /> : <SkeletonLines count={1} />}
      </Part>
      <Part title={t("small_difference")} about={t("small_difference_about")}>
        {tables.data ? (
          <SmallDifference limit={tables.data.small_difference} />
        ) : (
          <SkeletonLines count={1} />
        )}
      </Part>
    </Scroll>
  );
}

function SchoolFacts({ school }: { school: SchoolView }) {
  const { t } = useTranslation("settings");
  const { address } = school;
  const num = (text: string) => <span className="num">{text || "–"}</span>;
  return (
    <Facts
      facts={[
        { label: t("school_name"), value: school.name },
        { label: t("legal_name"), value: school.legal_name },
        { label: t("org_number"), value: num(school.org_number) },
        { label: t("vat_number"), value: num(school.vat_number) },
        {
          label: t("address"),
          value: [address.line1, address.line2, `${address.postal_code} ${address.city}`.trim()]
            .filter(Boolean)
            .join(", "),
        },
        { label: t("email"), value: school.email || "–" },
        { label: t("phone"), value: num(school.phone) },
        { label: t("bank_account"), value: num(school.bank_account) },
        { label: t("currency"), value: num(school.currency) },
        {
          label: t("price_basis"),
          value: t(school.price_basis === "gross" ? "prices_gross" : "prices_net"),
        },
        { label: t("desk"), value: num(school.desk) },
      ]}
    />
  );
}

/** A code holds from its day until the next entry of the same code begins. */
function isInForce(code: TaxCodeView, codes: readonly TaxCodeView[], today: string): boolean {
  return (
    code.valid_from <= today &&
    !codes.some(
      (other) =>
        other.code === code.code && other.valid_from > code.valid_from && other.valid_from <= today,
    )
  );
}

function VatTable({ codes }: { codes: readonly TaxCodeView[] }) {
  const { t } = useTranslation("settings");
  const { today } = useDesk();
  const dim = (code: TaxCodeView) => (isInForce(code, codes, today) ? undefined : "t3");
  return (
    <Table
      label={t("vat")}
      rows={codes}
      rowId={(code) => `${code.code} ${code.valid_from}`}
      columns={[
        {
          id: "code",
          header: t("code"),
          width: "88px",
          cell: (code) => <span className={`num ${dim(code) ?? ""}`}>{code.code}</span>,
        },
        {
          id: "name",
          header: t("name"),
          cell: (code) => (
            <span className={dim(code)}>
              {code.name}
              {code.reason && <span className="t3 small"> · {code.reason}</span>}
            </span>
          ),
        },
        {
          id: "from",
          header: t("valid_from"),
          width: "120px",
          cell: (code) => (
            <span className="t2">
              <Day of={code.valid_from} look="long" />
            </span>
          ),
        },
        {
          id: "rate",
          header: t("rate"),
          align: "end",
          width: "72px",
          cell: (code) => (
            <span className={`num ${dim(code) ?? ""}`}>{code.rate.replace(".", ",")} %</span>
          ),
        },
      ]}
    />
  );
}
