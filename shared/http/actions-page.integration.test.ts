import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ActionsServer, startActionsServer } from '../testing/actions-server.ts';
import { describeWith, engine } from '../testing/engines.ts';

const PHONE = { width: 390, height: 844 };
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'];

describeWith(['chromium'], 'the page for actions, on a phone', () => {
  let browser: Browser;
  let server: ActionsServer;
  let page: Page;
  /** What the browser itself complained about: scripts, styles and requests that the page's policy stopped. */
  const complaints: string[] = [];
  const asked: string[] = [];

  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: engine('chromium') as string,
      args: [...FLAGS, '--disable-component-update', '--disable-sync'],
    });
    server = await startActionsServer();
    // Without scripts: whatever works here works for everybody.
    const context = await browser.newContext({
      viewport: PHONE,
      isMobile: true,
      hasTouch: true,
      javaScriptEnabled: false,
      deviceScaleFactor: 2,
    });
    page = await context.newPage();
    page.on('console', (message) => complaints.push(message.text()));
    page.on('request', (request) => asked.push(request.url()));
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  /** Keeps a picture where a person asked for them. */
  const picture = async (name: string) => {
    const folder = process.env.SCREENSHOTS_DIR;
    if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
  };
  /** Nothing sticks out at the side, and everything to tap is big enough for a thumb. */
  async function fits(): Promise<void> {
    const width = await page.locator('html').evaluate((root) => root.scrollWidth);
    expect(width).toBeLessThanOrEqual(PHONE.width);
    for (const button of await page.locator('button, input[type=text]:visible, input[type=password]').all()) {
      expect((await button.boundingBox())?.height).toBeGreaterThanOrEqual(44);
    }
  }

  test('enter, look, approve: three screens and no script', async () => {
    const id = await server.propose();
    const other = await server.propose(
      { level: 'disruptive', title: 'Restart the stack media', targets: ['gaming-pc/media'], tool: 'compose_restart' },
      '',
    );
    await page.goto(`${server.base}/actions`);
    await picture('1-enter');
    await fits();
    await page.getByLabel("Operator's token").fill(server.operator);
    await page.getByRole('button', { name: 'Go on' }).tap();
    await page.getByRole('heading', { name: '2 actions wait for you' }).waitFor();
    await picture('2-list');
    await fits();
    expect(page.url()).not.toContain(server.operator);

    await page.getByRole('link', { name: /Remove a container/ }).tap();
    await page.getByRole('heading', { name: 'Decide' }).waitFor();
    expect(await page.locator('pre').first().textContent()).toBe('Removes the container grafana on nas.\nIts volume grafana-data stays.');
    await picture('3-action');
    await fits();
    await page.emulateMedia({ colorScheme: 'dark' });
    await picture('3-action-dark');
    await page.emulateMedia({ colorScheme: 'light' });
    await page.getByLabel(/Type nas\/grafana/).fill('grafana');
    await page.getByRole('button', { name: 'Approve' }).tap();
    await page.getByText('another name').waitFor();
    expect(server.actions.get(id).state).toBe('pending');
    await page.getByLabel(/Type nas\/grafana/).fill('nas/grafana');
    await page.getByRole('button', { name: 'Approve' }).tap();
    await page.getByText('starts it within a second').waitFor();
    expect(server.actions.get(id)).toMatchObject({ state: 'approved', approved: { by: 'phone' } });
    await picture('4-approved');

    // The page follows what comes of it by itself.
    await server.actions.claim(id, { instance: 'a', host: 'h' });
    await server.actions.complete(id, { text: 'Removed grafana on nas; its volume stays.' });
    await page.getByText('What came of it').waitFor({ timeout: 20_000 });
    await picture('5-completed');

    await page.goto(`${server.base}/actions/${other}`);
    await page.getByLabel(/Why not/).fill('People are watching.');
    await page.getByRole('button', { name: 'Deny' }).tap();
    await page.getByText('by phone: People are watching.').waitFor();
    expect(server.actions.get(other)).toMatchObject({ state: 'denied', denied: { by: 'phone', why: 'People are watching.' } });
    await page.goto(`${server.base}/actions`);
    await picture('6-ended');
    // The browser tells of every refused page too; those were asked for here.
    expect(complaints.filter((said) => !said.startsWith('Failed to load resource'))).toEqual([]);
    expect(asked.filter((url) => !url.startsWith(server.base))).toEqual([]);
  });

  test('foreign text cannot run, load or leave, scripts switched on', async () => {
    const evil = `<script>document.title='run'</script><img src="http://127.0.0.1:9/x"><form action="http://127.0.0.1:9/"><button>Approve</button></form>`;
    const long = 'wordwithoutend'.repeat(40);
    const id = await server.propose(
      { preview: `${evil}\n${long}`, title: `Remove ${long.slice(0, 60)}`, targets: [`nas/${long.slice(0, 90)}`], dependents: [evil] },
      evil,
    );
    const context = await browser.newContext({ viewport: PHONE });
    try {
      const open = await context.newPage();
      const loaded: string[] = [];
      open.on('request', (request) => loaded.push(request.url()));
      await open.goto(`${server.base}/actions/${id}`);
      await open.getByLabel("Operator's token").fill(server.operator);
      await open.getByRole('button', { name: 'Go on' }).click();
      await open.getByRole('heading', { name: 'Decide' }).waitFor();
      expect(await open.title()).toContain(': pending');
      expect(await open.locator('pre').first().textContent()).toContain(evil);
      expect(await open.getByRole('button', { name: 'Approve' }).count()).toBe(1);
      expect(await open.locator('html').evaluate((root) => root.scrollWidth)).toBeLessThanOrEqual(PHONE.width);
      expect(loaded.filter((url) => !url.startsWith(server.base))).toEqual([]);
      // What the escaping keeps out, the policy would stop.
      const ran = await open.evaluate(
        `const script = document.createElement('script'); script.textContent = "document.title='run'"; document.body.append(script); document.title`,
      );
      expect(ran).not.toBe('run');
      const cookie = (await context.cookies()).find(({ name }) => name.startsWith('actions_'));
      expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict', path: '/actions' });
    } finally {
      await context.close();
    }
  });

  test('a form on another site decides nothing', async () => {
    const id = await server.propose({ level: 'disruptive' });
    const context = await browser.newContext();
    try {
      const open = await context.newPage();
      await open.goto(`${server.base}/actions`);
      await open.getByLabel("Operator's token").fill(server.operator);
      await open.getByRole('button', { name: 'Go on' }).click();
      await open.getByRole('heading', { name: /wait/ }).waitFor();
      const { digest } = server.actions.get(id).effect;
      // The same address under another name: another site for the browser.
      await open.route('http://evil.example/', (route) =>
        route.fulfill({
          contentType: 'text/html',
          body: `<form method="post" action="${server.base}/actions/${id}/approve"><input name="digest" value="${digest}"><button>win</button></form>`,
        }),
      );
      await open.goto('http://evil.example/');
      const answer = open.waitForResponse((response) => response.url().endsWith('/approve'));
      await open.getByRole('button', { name: 'win' }).click();
      expect((await answer).status()).toBe(403);
      expect(server.actions.get(id).state).toBe('pending');
    } finally {
      await context.close();
    }
  });
});
