// The views of the backlog by hand: a change is moved on the matrix by keyboard, by pointer and without scripts, and a row of the
// table is edited where it stands.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { DESKTOP, NO_SCRIPT, clickThrough, newPage, openBrowser, turn } from './browser.mjs';
import { signIn, startHeard } from './heard.mjs';

let heard, browser;
before(async () => {
    heard = await startHeard();
    browser = await openBrowser();
});
after(async () => {
    await browser?.close();
    await heard?.stop();
});

test('a bubble goes where the arrow keys and the pointer take it', async (t) => {
    const page = await openAs(t, '/changes/matrix', DESKTOP);
    const first = page.locator('.bubble').first();
    const change = await first.getAttribute('data-change');
    const bubble = page.locator(`.bubble[data-change="${change}"]`);
    const [ex, cx] = await point(bubble);

    const [key, step] = ex < 5 ? ['ArrowUp', 1] : ['ArrowDown', -1];
    await bubble.focus();
    await turn(page, () => page.keyboard.press(key));
    assert.deepEqual(await point(bubble), [ex + step, cx]);
    assert.equal(await page.evaluate(() => document.activeElement.dataset.change), change, 'the hand stays on the bubble');

    const side = cx < 5 ? 1 : -1;
    const { x, y, width, height } = await bubble.locator('circle').boundingBox();
    const cell = (await page.locator('.ground').boundingBox()).width / 6;
    await page.mouse.move(x + width / 2, y + height / 2);
    await page.mouse.down();
    await page.mouse.move(x + width / 2 + side * cell, y + height / 2, { steps: 8 });
    await turn(page, () => page.mouse.up());
    assert.deepEqual(await point(bubble), [ex + step, cx + side]);
});

test('without scripts a bubble opens a form that moves it', async (t) => {
    const page = await openAs(t, '/changes/matrix', NO_SCRIPT);
    const change = await page.locator('.bubble').last().getAttribute('data-change');
    await clickThrough(page.locator(`.bubble[data-change="${change}"]`));
    await page.locator('#ex').fill('9');
    await clickThrough(page.locator('[data-place] button'));
    await page.locator('#ex-error').waitFor();
    await page.locator('#ex').fill('0');
    await page.locator('#cx').fill('1');
    await clickThrough(page.locator('[data-place] button'));
    assert.deepEqual(await point(page.locator(`.bubble[data-change="${change}"]`)), [0, 1]);
});

test('a row of the table is edited where it stands', async (t) => {
    const page = await openAs(t, '/changes?group=status', NO_SCRIPT);
    await clickThrough(page.locator('main a[href*="edit="]').first());
    await page.locator('#effort').fill('0');
    await clickThrough(page.locator('.editing button.main'));
    await page.locator('#effort-error').waitFor();
    assert.equal(await page.locator('#effort').inputValue(), '0', 'what was typed stays');
    await page.locator('#effort').fill('2,5');
    await clickThrough(page.locator('.editing button.main'));
    assert.match(page.url(), /group=status#C-/);
    await page.locator('.flash').waitFor();
});

async function openAs(t, path, kind) {
    const page = await newPage(browser, kind);
    t.after(() => page.context().close());
    await signIn(page, heard, 'council');
    await page.goto(heard.url + path);
    return page;
}

async function point(bubble) {
    return [Number(await bubble.getAttribute('data-ex')), Number(await bubble.getAttribute('data-cx'))];
}
