import { type ReactNode, useState } from "react";
import {
  ActionBar,
  Button,
  ConfirmDialog,
  Figure,
  Kbd,
  Page,
  PageHead,
  Scroll,
  toast,
} from "~/ui/primitives";
import { ChoiceSample, FieldSample } from "./FieldSamples";
import s from "./Gallery.module.css";
import { GridSample } from "./GridSample";
import {
  ButtonSample,
  EmptySample,
  LoadingSample,
  MessageSample,
  StatusSample,
  TableSample,
} from "./StillSamples";

function Part({ name, wide, children }: { name: string; wide?: boolean; children: ReactNode }) {
  return (
    <section className={`${s.part} ${wide ? s.wide : ""}`}>
      <h2 className={s.name}>{name}</h2>
      {children}
    </section>
  );
}

/** Every primitive in its states, for the eye and for screenshots. Development only. */
export function Gallery() {
  const [isAsking, setAsking] = useState(false);
  return (
    <Page>
      <PageHead
        title="Components"
        sub="every state the screens use"
        actions={
          <>
            <Button
              onPress={() =>
                toast({
                  text: "498 sent, 2 need attention",
                  action: { label: "Review", onPress: () => undefined },
                })
              }
            >
              Toast
            </Button>
            <Button onPress={() => setAsking(true)}>Dialog</Button>
          </>
        }
      />
      <Scroll width="full">
        <div className={s.sheet}>
          <Part name="Buttons">
            <ButtonSample />
          </Part>
          <Part name="Status, six tones">
            <StatusSample />
          </Part>
          <Part name="Fields">
            <FieldSample />
          </Part>
          <Part name="Banners and notes">
            <MessageSample />
          </Part>
          <Part name="Choices">
            <ChoiceSample />
          </Part>
          <Part name="Empty, four kinds">
            <EmptySample />
          </Part>
          <Part name="Progress and loading">
            <LoadingSample />
          </Part>
          <Part name="Table and facts">
            <TableSample />
          </Part>
          <Part name="Grid of 100 000 rows" wide>
            <GridSample />
          </Part>
        </div>
      </Scroll>
      <ActionBar
        actions={
          <>
            <Button>Cancel</Button>
            <Button variant="primary">
              Record 15 000,00 <Kbd keys="mod+enter" />
            </Button>
          </>
        }
      >
        <Figure label="Received" value="15 000,00" />
        <Figure label="Allocated" value="13 950,00" />
        <Figure label="Remaining" value="1 050,00" tone="credit" />
      </ActionBar>
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title="Void A-10461?"
        safeLabel="Keep A-10461"
        verbLabel="Void A-10461"
        onConfirm={() => setAsking(false)}
      >
        <p>Emma Haugland, 12 420,00. A credit note of the same amount is made.</p>
      </ConfirmDialog>
    </Page>
  );
}
