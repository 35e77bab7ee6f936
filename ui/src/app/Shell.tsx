import { Outlet } from "@tanstack/react-router";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useKeys } from "~/commands/keys";
import { Palette } from "~/commands/Palette";
import { forgetRecents } from "~/commands/recent";
import { ShortcutSheet } from "~/commands/ShortcutSheet";
import { forgetPlaces } from "~/ui/list/useListPlace";
import { ToastRegion } from "~/ui/primitives";
import { features, slots } from "./features";
import { Nav } from "./Nav";
import s from "./Shell.module.css";
import { TopBar } from "./TopBar";
import { useReadAhead } from "./useReadAhead";
import { useWindowCommands } from "./windowCommands";

const sources = features.flatMap((f) => f.sources ?? []);

/** The frame around every screen. Owns the live regions and the layers above the work. */
export function Shell() {
  const { t } = useTranslation();
  useKeys();
  const { Gate } = slots;
  const frame = <Frame />;
  return (
    <>
      <button type="button" className={s.skip} onClick={skipToWork}>
        {t("skip_to_work")}
      </button>
      {Gate ? <Gate>{frame}</Gate> : frame}
      <Palette sources={sources} />
      <ShortcutSheet />
      <ToastRegion />
    </>
  );
}

/** A button and no link: the address holds the screen after its `#`. */
function skipToWork() {
  document.getElementById("work")?.focus();
}

function Frame() {
  useWindowCommands();
  useReadAhead();
  // The frame goes when another person takes the seat.
  useEffect(
    () => () => {
      forgetPlaces();
      forgetRecents();
    },
    [],
  );
  const { Aside, Banners } = slots;
  return (
    <div className={s.shell}>
      <Nav />
      <TopBar />
      <main id="work" tabIndex={-1} className={s.main}>
        {Banners && <Banners />}
        <Outlet />
      </main>
      {Aside && <Aside />}
    </div>
  );
}
