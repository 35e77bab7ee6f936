import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { formatAmount } from "~/domain/money";
import { placeOf } from "~/domain/places";
import { faultOf, faultText } from "~/ipc/errors";
import type { RefundView } from "~/ipc/gen/RefundView";
import { useRpc } from "~/ipc/hooks";
import { useGainFacts } from "~/ui/exchange/Worth";
import {
  Amount,
  Day,
  Facts,
  Figure,
  Page,
  PageHead,
  Scroll,
  Table,
  UnreadPage,
} from "~/ui/primitives";
import { Exports } from "./Exports";
import s from "./Payments.module.css";
import { refundRoute } from "./routes";

/** One refund: what left, why, and what it came out of. */
export function RefundScreen() {
  const { t } = useTranslation("payments");
  const { id } = refundRoute.useParams();
  const { data, error } = useRpc("find_refund", { id });
  if (!data)
    return (
      <UnreadPage
        crumb={<Link to="/payments">{t("title")}</Link>}
        title={t("refund")}
        fault={error ? faultText(faultOf(error)) : undefined}
        action={<Link to="/payments">{t("to_list")}</Link>}
      />
    );
  return (
    <Page>
      <PageHead
        crumb={<Link to="/payments">{t("title")}</Link>}
        title={t("refunded_title", { name: data.student })}
        sub={<Day of={data.paid_on} look="long" />}
      />
      <Scroll width="full">
        <Paid refund={data} />
        <section>
          <div className={s.sectionHead}>
            <h2>{t("comes_out_of")}</h2>
          </div>
          <Table
            label={t("comes_out_of")}
            look="page"
            rows={data.parts}
            rowId={(part) => part.source_id}
            columns={[
              {
                id: "what",
                header: t("what"),
                cell: (part) => (
                  <Link to={placeOf(part.source, part.source_id)}>
                    {t(`source_${part.source as "payment"}`, { label: part.label })}
                  </Link>
                ),
              },
              {
                id: "amount",
                header: t("amount"),
                align: "end",
                width: "160px",
                cell: (part) => <Amount of={part.amount} look="main" />,
              },
            ]}
          />
        </section>
        {data.exports.length > 0 && <Exports exports={data.exports} />}
      </Scroll>
    </Page>
  );
}

function Paid({ refund }: { refund: RefundView }) {
  const { t } = useTranslation("payments");
  const gainFacts = useGainFacts();
  return (
    <div className={s.head}>
      <Figure
        size="page"
        label={t("paid_back")}
        unit={refund.amount.currency}
        value={formatAmount(refund.amount)}
      />
      <div className={s.facts}>
        <Facts
          look="over"
          facts={[
            {
              label: t("student"),
              value: <Link to={placeOf("student", refund.student_id)}>{refund.student}</Link>,
            },
            { label: t("method"), value: refund.method_name },
            { label: t("reason"), value: refund.reason },
            ...(refund.base
              ? [{ label: t("in_books"), value: <Amount of={refund.base.amount} withCurrency /> }]
              : []),
            ...gainFacts(refund.base?.gain),
            ...(refund.reference
              ? [
                  {
                    label: t("reference_short"),
                    value: <span className="num">{refund.reference}</span>,
                  },
                ]
              : []),
          ]}
        />
      </div>
    </div>
  );
}
