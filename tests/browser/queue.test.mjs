// The queue by keyboard alone: moving, choosing, taking, putting off, resolving; and what arrives meanwhile.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { DARK, SMALL, assertAccessible, assertNoSidewaysScroll, clickThrough, newPage, openBrowser, turn, watch } from './browser.mjs';
import { signIn, startHeard } from './heard.mjs';

// A bar or a menu lies over a row here and there: how large what it half covers is left says nothing.
const NOT_BY_PLACE = ['color-contrast', 'label', 'select-name', 'button-name', 'link-name', 'aria-valid-attr-value', 'nested-interactive'];

let heard, browser;
before(async () => {
    heard = await startHeard();
    browser = await openBrowser();
});
after(async () => {
    await browser?.close();
    await heard?.stop();
});

test('rows are chosen with x, a range with Shift, and all are taken with m', async (t) => {
    const page = await open(t, '/cases?view=open');
    await press(page, 'KeyJ', 'KeyX', 'KeyJ', 'KeyJ', 'Shift+KeyX');
    assert.equal(await chosen(page), 3);
    assert.equal(await page.locator('[data-chosen] b').textContent(), '3');
    await press(page, 'KeyX');
    assert.equal(await chosen(page), 2, 'x lets go again');
    const taken = await page.locator('tr:has(:checked)').evaluateAll((rows) => rows.map((row) => row.dataset.reference));
    await turn(page, () => press(page, 'KeyM'));
    await page.locator('[data-report]').waitFor();
    await page.goto(`${heard.url}/cases?view=mine`);
    for (const reference of taken) assert.equal(await page.locator(`tr[data-reference="${reference}"]`).count(), 1);
});

test('z opens the choice, Escape closes it, and what was put off can be taken back', async (t) => {
    const page = await open(t, '/cases?view=open');
    await press(page, 'KeyJ', 'KeyZ');
    assert.equal(await page.evaluate(() => document.activeElement.name), 'until');
    await assertAccessible(page, 'the choice of a moment', NOT_BY_PLACE);
    await page.keyboard.press('Escape');
    assert.equal(await page.locator('.drop[open]').count(), 0);
    const reference = await page.locator('tr:has(:checked)').getAttribute('data-reference');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.locator('button[value=snooze]').focus();
    await turn(page, () => page.keyboard.press('Enter'));
    assert.equal(await page.locator(`tr[data-reference="${reference}"]`).count(), 0, 'it is out of sight');
    assert.ok(await page.evaluate(() => document.activeElement.matches('.what')), 'the hand is where it was');
    await clickThrough(page.locator('[data-report] button'));
    assert.equal(await page.locator(`tr[data-reference="${reference}"]`).count(), 1, 'and back');
});

test('Enter opens, e resolves, / searches; on a Russian layout too', async (t) => {
    const page = await open(t, '/cases?view=open');
    const first = await page.locator('.what').first().getAttribute('href');
    await russian(page, 'KeyJ', 'о');
    await Promise.all([page.waitForURL(heard.url + first), page.keyboard.press('Enter')]);
    await page.goBack();
    await russian(page, 'KeyJ', 'о');
    await Promise.all([page.waitForURL(`${heard.url}${first}/resolution`), russian(page, 'KeyE', 'у')]);
    await page.goto(`${heard.url}/cases?view=open`);
    await russian(page, 'Slash', '.');
    assert.ok(await page.evaluate(() => document.activeElement.matches('[role=search] input')));
    await page.keyboard.type('xjm');
    assert.equal(await page.locator('[role=search] input').inputValue(), 'xjm', 'whoever types, types');
});

test('the row in hand is seen whole and says what it is', async (t) => {
    const page = await open(t, '/cases?view=open');
    for (let n = 0; n < 12; n += 1) {
        await press(page, 'KeyJ', 'KeyX');
        const row = await page.evaluate(() => {
            const link = document.activeElement;
            const { left, top, height } = link.getBoundingClientRect();
            const said = link.getAttribute('aria-describedby').split(' ').map((id) => document.getElementById(id)?.textContent.trim());
            return { seen: link.contains(document.elementFromPoint(left + 5, top + height / 2)), said };
        });
        assert.ok(row.seen, `row ${n} is under a bar`);
        assert.ok(row.said.every(Boolean), `row ${n} is described by ${row.said}`);
    }
});

test('new cases are announced, and no row moves under the hand', async (t) => {
    const page = await open(t, '/cases?view=unassigned');
    const before = await rows(page);
    const stranger = await newPage(browser);
    t.after(() => stranger.context().close());
    await stranger.goto(heard.url);
    await stranger.locator('[name=text]').fill('The lift has stood still since the morning.');
    await stranger.locator('[name=answer][value=anonymous]').check();
    await clickThrough(stranger.locator('form[action="/feedback"] button.main'));
    await stranger.locator('#code').waitFor();
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await page.locator('[data-fresh] a').waitFor();
    assert.match(await page.locator('[data-fresh]').textContent(), /1 new case\. Show/);
    assert.deepEqual(await rows(page), before);
    await clickThrough(page.locator('[data-fresh] a'));
    assert.equal((await rows(page)).length, before.length + 1);
});

test('filters, a list of one\'s own and a merge work without JavaScript, on a small screen', async (t) => {
    const context = await browser.newContext({ ...SMALL, javaScriptEnabled: false });
    t.after(() => context.close());
    const page = await context.newPage();
    await signIn(page, heard, 'owner');
    await page.goto(`${heard.url}/cases?view=open`);
    await page.locator('.fold > summary').click();
    await page.locator('select[name=kind]').selectOption('complaint');
    await clickThrough(page.locator('.filters button'));
    assert.match(page.url(), /kind=complaint/);
    await page.locator('.keep > summary').click();
    await page.locator('.keep input[name=name]').fill('Complaints');
    await clickThrough(page.locator('.keep button'));
    assert.equal(await page.locator('.views.own a[aria-current]').textContent().then((text) => text.includes('Complaints')), true);
    for (const box of [0, 1]) await page.locator('[name=reference]').nth(box).check();
    await clickThrough(page.locator('button[value=merge]'));
    await page.locator('input[name=into]').first().check();
    await clickThrough(page.locator('form[action="/cases/bulk"] button.main'));
    assert.equal(await page.locator('[data-report]').count(), 1);
});

test('it is accessible and fits, wide, small and dark, with a choice made', async (t) => {
    for (const kinds of [[], [SMALL], [DARK]]) {
        const page = await open(t, '/cases?view=open', kinds);
        await assertAccessible(page, 'the queue');
        await page.locator('[name=reference]').nth(1).check();
        await assertAccessible(page, 'the queue with a case chosen', NOT_BY_PLACE);
        await assertNoSidewaysScroll(page, 'the queue');
    }
});

async function open(t, path, kinds = []) {
    const page = await newPage(browser, ...kinds);
    t.after(() => page.context().close());
    await signIn(page, heard, 'owner');
    const problems = watch(page, heard.url);
    t.after(() => problems.assertNone());
    await page.goto(heard.url + path);
    return page;
}

async function press(page, ...keys) {
    for (const key of keys) await page.keyboard.press(key);
}

function russian(page, code, key) {
    return page.evaluate(([code, key]) => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { code, key, bubbles: true })), [code, key]);
}

function chosen(page) {
    return page.locator('[name=reference]:checked').count();
}

function rows(page) {
    return page.locator('tr[data-reference]').evaluateAll((all) => all.map((row) => row.dataset.reference));
}
