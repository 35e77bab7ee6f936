import { Plug } from "lucide-react";
import { useTranslation } from "react-i18next";
import { goTo } from "~/domain/places";
import { Banner, Button } from "~/ui/primitives";
import { useConnections } from "./api";
import { useSignIn } from "./signIn";

/** One banner per connection whose permission ended, instead of a failure per document. */
export function Banners() {
  const { t } = useTranslation("connections");
  const running = useSignIn((q) => q.running);
  const asking = (useConnections().data?.connections ?? []).filter(
    (c) => c.state === "sign_in_needed" && c.id !== running?.connectionId,
  );
  return asking.map((c) => (
    <Banner
      key={c.id}
      tone="warning"
      icon={Plug}
      title={t("banner_title", { system: c.system_name })}
      actions={
        <Button
          size="small"
          variant="primary"
          onPress={() => goTo(`/connections?sign_in=${encodeURIComponent(c.id)}`)}
        >
          {t("sign_in_to", { system: c.system_name })}
        </Button>
      }
    >
      {c.waiting > 0 ? t("banner_body", { count: c.waiting }) : t("banner_none")}
    </Banner>
  ));
}
