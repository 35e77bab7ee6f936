import { useTranslation } from "react-i18next";
import { faultOf, faultText } from "~/ipc/errors";
import type { ConnectionView } from "~/ipc/gen/ConnectionView";
import { Note, RadioGroup, toast } from "~/ui/primitives";
import { useChooseBooking } from "./api";
import css from "./Connections.module.css";

/** What a connection is told. It is chosen before anything is sent, and stands as it is from then on. */
export function Booking({ connection: c }: { connection: ConnectionView }) {
  const { t } = useTranslation("connections");
  const choose = useChooseBooking();
  const nameOf = (booking: string) => t(`booking_${booking}` as "booking_documents");
  const detailOf = (booking: string) =>
    t(`booking_${booking}_detail` as "booking_documents_detail", { system: c.system_name });
  if (c.bookings.length === 0) {
    return (
      <p>
        <b>{nameOf(c.booking)}.</b> {detailOf(c.booking)}
      </p>
    );
  }
  return (
    <div className={css.form}>
      <RadioGroup
        label={t("booking", { system: c.system_name })}
        options={c.bookings.map((id) => ({ id, name: nameOf(id), detail: detailOf(id) }))}
        value={choose.isPending ? choose.variables.booking : c.booking}
        onChange={(booking) =>
          choose.mutate(
            { id: c.id, booking },
            { onError: (thrown) => toast({ text: faultText(faultOf(thrown)), tone: "danger" }) },
          )
        }
      />
      <Note tone="info">{t("booking_once")}</Note>
    </div>
  );
}
