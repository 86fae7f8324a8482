// Staff at work: everything by keyboard, and nobody where they should not be.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertAccessible, clickThrough, newPage, openBrowser } from './browser.mjs';
import { signIn, startHeard } from './heard.mjs';

const CLOSED_TO = {
    employee: ['/cases', '/changes', '/changes/new', '/search?q=shift', '/digests', '/outbox', '/admin/people'],
    owner: ['/digests', '/digests/new', '/outbox', '/admin/people', '/admin/tokens'],
    council: ['/outbox', '/admin/people', '/admin/teams'],
};

const MOST_TABS = 60;

let heard, browser;
before(async () => {
    heard = await startHeard();
    browser = await openBrowser();
});
after(async () => {
    await browser?.close();
    await heard?.stop();
});

test('a case is found, opened and answered by keyboard', async (t) => {
    const page = await openAs(t, 'owner', '/changes');
    await page.keyboard.press('g');
    await page.keyboard.press('q');
    await page.waitForURL(`${heard.url}/cases`);
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('k');
    const first = await page.locator('.what').first().getAttribute('href');
    assert.equal(await focused(page, (element) => element.getAttribute('href')), first);
    await page.keyboard.press('Enter');
    await page.waitForURL(heard.url + first);

    await tabTo(page, 'textarea[name=text]');
    await page.keyboard.type('We are looking into it and will write again on Thursday.');
    await tabTo(page, 'button');
    await page.keyboard.press('Enter');
    await page.locator('.outbound.pending', { hasText: 'again on Thursday' }).waitFor();
});

test('keys go by their place on the keyboard, are listed by ? and can be switched off', async (t) => {
    const page = await openAs(t, 'owner', '/cases');
    const pressJOnRussianLayout = () =>
        page.evaluate(() => document.body.dispatchEvent(new KeyboardEvent('keydown', { code: 'KeyJ', key: 'о', bubbles: true })));
    const onRow = () => focused(page, (element) => element.matches('.what'));
    await pressJOnRussianLayout();
    assert.ok(await onRow());

    await page.keyboard.press('Shift+Slash');
    await assertAccessible(page, 'the list of keys');
    await page.locator('dialog [data-keys]').uncheck();
    await page.keyboard.press('Escape');
    await page.reload();
    await pressJOnRussianLayout();
    assert.ok(!(await onRow()), 'keys that were switched off stay off');
});

test('pages of higher roles are refused kindly, and the menu does not offer them', async (t) => {
    for (const [role, paths] of Object.entries(CLOSED_TO)) {
        const page = await openAs(t, role, '/');
        const offered = await page.locator('.bar a').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
        for (const path of paths) {
            const answer = await page.goto(heard.url + path);
            assert.equal(answer.status(), 403, `${path} as ${role}`);
            assert.equal(await page.locator('main h1').count(), 1, `${path} as ${role} says so in words`);
            assert.ok(!offered.includes(path), `${path} is not offered to ${role}`);
        }
        await assertAccessible(page, `refusal as ${role}`);
    }
});

test('whoever is not signed in is asked to, and then is where they wanted to go', async (t) => {
    const page = await newPage(browser);
    t.after(() => page.context().close());
    await page.goto(`${heard.url}/cases?view=unassigned`);
    assert.equal(new URL(page.url()).pathname, '/sign-in');
    const { email, password } = heard.signIns.owner;
    await page.locator('[name=email]').fill(email);
    await page.locator('[name=password]').fill('not-the-password');
    await clickThrough(page.locator('form[action="/sign-in"] button'));
    assert.equal(await page.locator('[name=email]').inputValue(), email, 'a wrong password keeps the address');
    await page.locator('[name=password]').fill(password);
    await clickThrough(page.locator('form[action="/sign-in"] button'));
    assert.equal(page.url(), `${heard.url}/cases?view=unassigned`);
});

test('the language chosen in the menu is kept with the account', async (t) => {
    const page = await openAs(t, 'council', '/changes');
    const before = await page.locator('html').getAttribute('lang');
    await page.locator('details.menu summary').click();
    await clickThrough(page.locator('form[action="/lang"] button'));
    assert.equal(new URL(page.url()).pathname, '/changes');
    const now = await page.locator('html').getAttribute('lang');
    assert.notEqual(now, before);
    const elsewhere = await openAs(t, 'council', '/changes');
    assert.equal(await elsewhere.locator('html').getAttribute('lang'), now, 'on another device too');
});

test('who signs out is out', async (t) => {
    const page = await openAs(t, 'owner', '/cases');
    await page.locator('details.menu summary').click();
    await clickThrough(page.locator('form[action="/sign-out"] button'));
    await page.goto(`${heard.url}/cases`);
    assert.equal(new URL(page.url()).pathname, '/sign-in');
});

async function openAs(t, role, path) {
    const page = await newPage(browser);
    t.after(() => page.context().close());
    await signIn(page, heard, role);
    await page.goto(heard.url + path);
    return page;
}

/// Presses Tab until the selector has the focus; on the way every stop must be seen.
async function tabTo(page, selector) {
    for (let pressed = 0; pressed < MOST_TABS; pressed += 1) {
        await page.keyboard.press('Tab');
        const stop = await focused(page, whatIsSeen, selector);
        assert.ok(stop.seen, `the focus on ${stop.html} cannot be seen`);
        if (stop.there) return;
    }
    assert.fail(`${selector} is not reached with ${MOST_TABS} presses of Tab`);
}

function whatIsSeen(element, selector) {
    const { left, top, width, height } = element.getBoundingClientRect();
    const onTop = document.elementFromPoint(left + width / 2, top + Math.min(height / 2, 10));
    const marked = [element, element.parentElement].some((one) => getComputedStyle(one).outlineStyle !== 'none');
    const seen = marked && (element.contains(onTop) || Boolean(onTop?.contains(element)));
    return { seen, there: element.matches(selector), html: element.outerHTML.slice(0, 120) };
}

async function focused(page, ask, argument) {
    const element = await page.evaluateHandle(() => document.activeElement);
    return element.evaluate(ask, argument);
}
