import { expect, it } from "vitest";
import { milestoneDraft, milestoneRequest, missingInMilestone } from "./milestone";

const fresh = () => ({ ...milestoneDraft(null, "m1"), name: "First half", amount: "5000" });

it("asks for the lesson or the service, whichever it stands before", () => {
  expect(missingInMilestone(fresh())).toEqual(["lesson"]);
  expect(missingInMilestone({ ...fresh(), before: "service" })).toEqual(["service_id"]);
  expect(missingInMilestone({ ...fresh(), lesson: "5" })).toEqual([]);
});

it("sends no lesson with a service", () => {
  const sent = milestoneRequest({ ...fresh(), before: "service", lesson: "5", service_id: "s" });
  expect([sent.lesson, sent.service_id]).toEqual([null, "s"]);
  expect(milestoneRequest({ ...fresh(), lesson: "5" }).lesson).toBe(5);
});
