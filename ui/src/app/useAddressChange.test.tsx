import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
} from "@tanstack/react-router";
import { act, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { render } from "~/test/render";
import { useAddressChange } from "./useAddressChange";

interface Search {
  group?: string;
  query?: string;
}

let late: (change: Search) => void;

function List() {
  const change = useAddressChange<Search>();
  late = change;
  return (
    <>
      <button type="button" onClick={() => change({ group: "payer" })}>
        Payers
      </button>
      <button type="button" onClick={() => change({ query: "NAV" })}>
        Search
      </button>
      <button type="button" onClick={() => change({ group: undefined })}>
        Students
      </button>
    </>
  );
}

async function listWithSlowRows() {
  const waiting: (() => void)[] = [];
  const root = createRootRoute();
  const list = createRoute({
    getParentRoute: () => root,
    path: "/ageing",
    validateSearch: (search: Record<string, unknown>): Search => search,
    loaderDeps: ({ search }) => search,
    loader: ({ deps }) => {
      // The first opening is not what is tried here.
      if (deps.group === undefined && deps.query === undefined) return;
      return new Promise<void>((done) => waiting.push(done));
    },
    component: List,
  });
  const history = createMemoryHistory({ initialEntries: ["/ageing?sort=name"] });
  const audit = createRoute({ getParentRoute: () => root, path: "/audit" });
  const router = createRouter({ routeTree: root.addChildren([list, audit]), history });
  render(<RouterProvider router={router} />);
  await screen.findByRole("button", { name: "Payers" });
  const press = (name: string) => act(async () => screen.getByRole("button", { name }).click());
  const answer = () => act(async () => waiting.splice(0).forEach((done) => void done()));
  return { router, press, answer };
}

it("of two changes in quick succession both hold", async () => {
  const { router, press, answer } = await listWithSlowRows();
  await press("Payers");
  await press("Search");
  await answer();
  expect(router.state.location.search).toEqual({ sort: "name", group: "payer", query: "NAV" });
});

it("a change is no step of its own on the way back", async () => {
  const { router, press, answer } = await listWithSlowRows();
  await press("Search");
  await answer();
  await press("Students");
  await answer();
  expect(router.history.length).toBe(1);
  expect(router.state.location.search).toEqual({ sort: "name", query: "NAV" });
});

it("an answer that comes when somebody has left changes no other screen", async () => {
  const { router } = await listWithSlowRows();
  await act(() => router.navigate({ to: "/audit" }));
  await act(async () => late({ group: "payer" }));
  expect(router.state.location.href).toBe("/audit");
});
