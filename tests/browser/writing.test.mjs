// Giving feedback with JavaScript: similar items while typing, drafts, receipt codes, mistakes.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { PHONE, clickThrough, newPage, openBrowser, watch } from './browser.mjs';
import { signIn, startHeard } from './heard.mjs';

const WORDS = 'I cannot see where my refund is.';

let heard, browser;
before(async () => {
    heard = await startHeard();
    browser = await openBrowser();
});
after(async () => {
    await browser?.close();
    await heard?.stop();
});

test('somebody who says what others said joins them', async (t) => {
    const page = await open(t);
    const watched = watch(page, heard.url);
    await page.locator('[name=text]').pressSequentially(WORDS);
    const meToo = page.locator('[data-similar-into] button').first();
    await page.locator('[name=email]').fill('joan@customer.example');
    const [joining] = await Promise.all([page.waitForRequest(/\/me-too\//), meToo.click()]);
    const change = new URL(joining.url()).pathname.replace('/me-too/', '');
    const reference = await referenceOn(page);
    watched.assertNone();

    const owner = await newPage(browser);
    t.after(() => owner.context().close());
    await signIn(owner, heard, 'council');
    await owner.goto(`${heard.url}/cases/${reference}`);
    assert.equal(await owner.locator(`main a[href="/changes/${change}"]`).count(), 1, 'their case is evidence for the change');
});

test('what was typed is still there after a reload, and gone once it was sent', async (t) => {
    const page = await open(t);
    await page.locator('[name=text]').fill(WORDS);
    await page.locator('[name=kind][value=complaint]').check();
    await page.locator('[name=email]').fill('joan@customer.example');
    await page.reload();
    assert.equal(await page.locator('[name=text]').inputValue(), WORDS);
    assert.ok(await page.locator('[name=kind][value=complaint]').isChecked());
    assert.equal(await page.locator('[name=email]').inputValue(), '', 'an address is never kept on a device that others may use');

    await page.locator('[name=email]').fill('joan@customer.example');
    await send(page);
    await referenceOn(page);
    await page.goto(heard.url);
    assert.equal(await page.locator('[name=text]').inputValue(), '');
});

test('a receipt code leads back, however it is typed, and shows neither name nor time of day', async (t) => {
    const page = await open(t);
    await page.locator('[name=text]').fill(WORDS);
    await page.locator('[name=answer][value=anonymous]').check();
    assert.ok(await page.locator('[name=email]').isHidden(), 'nobody is asked for an address they do not want to give');
    await send(page);
    const code = (await page.locator('#code').textContent()).trim();

    await page.goto(`${heard.url}/track`);
    await page.locator('[name=code]').fill(` ${code.toLowerCase().replaceAll('-', ' ')} `);
    await clickThrough(page.locator('form[action="/track"] button'));
    await page.getByText(WORDS).waitFor();
    assert.doesNotMatch(await page.locator('main').innerText(), /\d\d:\d\d/);
});

test('a code that is none is refused kindly, and can be corrected', async (t) => {
    const page = await open(t, '/track');
    await page.locator('[name=code]').fill('0000-0000-0000-0000-0000-0000-00');
    await clickThrough(page.locator('form[action="/track"] button'));
    assert.equal(await page.locator('[name=code][aria-invalid=true]').inputValue(), '0000-0000-0000-0000-0000-0000-00');
});

test('a missing address keeps everything else that was typed, and is pointed at', async (t) => {
    const page = await open(t);
    await page.locator('[name=text]').fill(`${WORDS}\n\n  <b>Twice</b> & again.`);
    await page.locator('[name=kind][value=problem]').check();
    await send(page);
    await page.locator('.errors:focus').waitFor();
    await page.locator('.errors a').click();
    assert.equal(await page.evaluate(() => document.activeElement.name), 'email', 'the summary leads to the field');
    assert.equal(await page.locator('[name=text]').inputValue(), `${WORDS}\n\n  <b>Twice</b> & again.`);
    assert.ok(await page.locator('[name=kind][value=problem]').isChecked());
});

test('the language is switched where one is', async (t) => {
    const page = await open(t, '/track');
    await clickThrough(page.locator('form[action="/lang"] button'));
    assert.equal(new URL(page.url()).pathname, '/track');
    assert.equal(await page.locator('html').getAttribute('lang'), 'ru');
    await page.goto(heard.url);
    assert.equal(await page.locator('html').getAttribute('lang'), 'ru', 'the next page is in the same language');
});

async function open(t, path = '/') {
    const page = await newPage(browser, PHONE);
    t.after(() => page.context().close());
    await page.goto(heard.url + path);
    return page;
}

async function send(page) {
    await clickThrough(page.locator('form[action="/feedback"] button.main'));
}

async function referenceOn(page) {
    await page.locator('[data-draft-done]').waitFor();
    return (await page.locator('main').innerText()).match(/F-[0-9A-HJKMNP-TV-Z]{7}/)[0];
}
