// A WebDriver client small enough to read: it starts WebKitWebDriver on a port of its own, opens
// the application as its browser, and finds things by what a person reads.

import { spawn } from "node:child_process";
import { createServer } from "node:net";

const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";
const WAIT_MS = 20_000;

async function freePort() {
  const server = createServer();
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

/** Tries until it works or the time is over; the last reason is the failure. */
async function until(what, attempt, waitMs = WAIT_MS) {
  const end = Date.now() + waitMs;
  for (;;) {
    try {
      return await attempt();
    } catch (reason) {
      if (Date.now() > end) throw new Error(`${what}: ${reason.message}`);
      await pause(150);
    }
  }
}

/** Text as an XPath literal, whatever quotes it has. */
function literal(text) {
  return text.includes("'") ? `concat('${text.split("'").join(`', "'", '`)}')` : `'${text}'`;
}

export async function openWindow({ binary, env = {} }) {
  const port = await freePort();
  const driver = spawn("WebKitWebDriver", [`--port=${port}`, "--host=127.0.0.1"], {
    env: { ...process.env, TAURI_WEBVIEW_AUTOMATION: "true", NO_AT_BRIDGE: "1", ...env },
    stdio: ["ignore", "inherit", "inherit"],
    detached: true,
  });
  const base = `http://127.0.0.1:${port}`;

  async function call(method, path, body) {
    const answer = await fetch(base + path, {
      method,
      headers: { "content-type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const { value } = await answer.json();
    if (!answer.ok) throw new Error(value?.message ?? `${method} ${path}: ${answer.status}`);
    return value;
  }

  await until("the driver answers", () => call("GET", "/status"));
  // No browserName: WebKitGTK's driver refuses names it does not know.
  const { sessionId } = await call("POST", "/session", {
    capabilities: { alwaysMatch: { "webkitgtk:browserOptions": { binary, args: [] } } },
  });
  const at = `/session/${sessionId}`;

  const execute = (script, ...args) => call("POST", `${at}/execute/sync`, { script, args });
  const find = (xpath) => call("POST", `${at}/element`, { using: "xpath", value: xpath });
  const click = (found) => call("POST", `${at}/element/${found[ELEMENT]}/click`, {});

  return {
    execute,
    /** Waits until a text can be read on the page. */
    sees: (text, waitMs) =>
      until(
        `the page shows “${text}”`,
        async () => {
          const page = await execute("return document.body.innerText.replace(/\\u00a0/g, ' ')");
          if (!page.includes(text)) throw new Error(`it shows ${page.slice(0, 2_000)}`);
        },
        waitMs,
      ),
    /** Presses a button, link, option or tab by its name. */
    press: (name) =>
      until(`“${name}” can be pressed`, async () => {
        const named = `(normalize-space(.)=${literal(name)} or @aria-label=${literal(name)})`;
        const role = "self::button or self::a or @role='option' or @role='tab' or self::label";
        await click(await find(`//*[(${role}) and ${named} and not(@disabled)]`));
      }),
    /** Types into a field found by its label. */
    type: (label, text) =>
      until(`“${label}” can be typed into`, async () => {
        const field = await execute(
          `const label = [...document.querySelectorAll('label')]
             .find((l) => l.innerText.trim() === arguments[0]);
           const field = label?.control ?? document.querySelector('[aria-label="' + arguments[0] + '"]');
           if (field) { field.focus(); field.select?.(); }
           return field ?? null;`,
          label,
        );
        if (field === null) throw new Error("no such field");
        await call("POST", `${at}/element/${field[ELEMENT]}/value`, { text });
      }),
    keys: (text) =>
      call("POST", `${at}/actions`, {
        actions: [
          {
            type: "key",
            id: "keyboard",
            actions: [...text].flatMap((value) => [
              { type: "keyDown", value },
              { type: "keyUp", value },
            ]),
          },
        ],
      }),
    /** Ends the session and the driver, whatever state they are in. */
    async close() {
      await call("DELETE", at).catch(() => undefined);
      try {
        process.kill(-driver.pid);
      } catch (gone) {
        if (gone.code !== "ESRCH") throw gone;
      }
    },
  };
}
