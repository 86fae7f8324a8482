// Every mail as people see it, in the gallery and by itself; and the page on which they choose which mails come.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { DARK, NO_SCRIPT, SMALL, assertAccessible, assertNoSidewaysScroll, newPage, openBrowser, watch } from './browser.mjs';
import { signIn, startHeard } from './heard.mjs';

let heard, browser, admin;
before(async () => {
    heard = await startHeard('--no-workers');
    browser = await openBrowser();
    admin = await newPage(browser);
    await signIn(admin, heard, 'admin');
});
after(async () => {
    await browser?.close();
    await heard?.stop();
});

test('the gallery shows every letter', async () => {
    const problems = watch(admin, heard.url);
    await admin.goto(`${heard.url}/admin/people`);
    await admin.locator('nav a[href="/admin/mails"]').click();
    await assertAccessible(admin, 'the list');
    assert.ok((await admin.locator('a.what').count()) > 20);
    await admin.locator('a.what[href$="/digest"]').click();
    await admin.getByRole('link', { name: 'Русский' }).click();
    await admin.getByRole('link', { name: 'Phone' }).click();
    await admin.getByRole('link', { name: 'Dark' }).click();
    const frame = admin.frameLocator('iframe');
    await frame.getByRole('heading', { name: 'Мы вас услышали' }).waitFor();
    assert.equal((await admin.locator('iframe').boundingBox()).width, 320);
    assert.equal(await frame.locator('body').evaluate((body) => getComputedStyle(body).backgroundColor), 'rgb(20, 23, 26)');
    assert.match(await admin.locator('pre').textContent(), /Отписаться:\nhttp/);
    await admin.locator('summary', { hasText: 'Headers' }).click();
    await admin.getByText('List-Unsubscribe-Post').waitFor();
    await assertAccessible(admin, 'a letter');
    problems.assertNone();
});

test('every mail fits a small screen, light and dark', async (t) => {
    await admin.goto(`${heard.url}/admin/mails`);
    const slugs = await admin.locator('a.what').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
    const pages = [await newPage(browser, SMALL, NO_SCRIPT), await newPage(browser, SMALL, NO_SCRIPT, DARK)];
    t.after(() => Promise.all(pages.map((page) => page.context().close())));
    for (const lang of ['en', 'ru']) {
        for (const [look, page] of ['light', 'dark'].map((look, n) => [look, pages[n]])) {
            for (const slug of slugs) {
                const answer = await admin.request.get(`${heard.url}${slug}/html?lang=${lang}&look=${look}`);
                await page.setContent(await answer.text());
                await assertNoSidewaysScroll(page, `${slug} ${lang} ${look}`);
            }
        }
    }
});

test('every mail can be read on light and on dark ground', async (t) => {
    const page = await newPage(browser);
    t.after(() => page.context().close());
    for (const slug of ['received', 'closure-solved', 'digest', 'notice-wrote', 'password-changed']) {
        for (const look of ['light', 'dark']) {
            const answer = await admin.request.get(`${heard.url}/admin/mails/${slug}/html?look=${look}`);
            await page.setContent(await answer.text());
            await assertAccessible(page, `${slug} ${look}`, ['color-contrast', 'link-name', 'html-has-lang', 'document-title']);
        }
    }
});

test('people choose their mails without signing in', async (t) => {
    const path = await linkIn(/\/mail\/[0-9a-z]+/);
    for (const kinds of [[SMALL, DARK, NO_SCRIPT], [SMALL, NO_SCRIPT]]) {
        const page = await newPage(browser, ...kinds);
        t.after(() => page.context().close());
        await page.goto(heard.url + path);
        await assertNoSidewaysScroll(page, path);
        const digest = page.locator('[name=digest]');
        const before = await digest.isChecked();
        await digest.setChecked(!before);
        await page.locator('[name=pause][value=date]').check();
        await page.locator('form button.main').last().click();
        await page.locator('#until-error').waitFor();
        assert.equal(await digest.isChecked(), !before, 'what was chosen is kept');
        await page.locator('[name=pause][value=week]').check();
        await page.locator('form button.main').last().click();
        await page.locator('.flash li').first().waitFor();
        await page.goto(heard.url + path);
        assert.equal(await digest.isChecked(), !before);
        assert.ok(await page.locator('[name=pause][value=keep]').isChecked());
        await page.locator('[name=pause][value=none]').check();
        await page.locator('form button.main').last().click();
    }
    const page = await newPage(browser, SMALL, DARK);
    t.after(() => page.context().close());
    await page.goto(heard.url + path);
    await assertAccessible(page, path);
});

test('one press ends the digests and leaves the rest', async (t) => {
    const page = await newPage(browser, SMALL, NO_SCRIPT);
    t.after(() => page.context().close());
    const path = await linkIn(/\/mail\/[0-9a-z]+/);
    await page.goto(heard.url + path);
    await page.locator('[name=digest]').check();
    await page.locator('form button.main').last().click();
    await page.goto(heard.url + path.replace('/mail/', '/unsubscribe/'));
    await page.locator('form[action^="/unsubscribe/"] button').click();
    await page.locator('.flash li').waitFor();
    assert.equal(await page.locator('[name=digest]').isChecked(), false);
    assert.equal(await page.locator('[name=received]').isChecked(), true);
});

test('staff choose on their account', async (t) => {
    const page = await newPage(browser, DARK);
    t.after(() => page.context().close());
    await signIn(page, heard, 'owner');
    await page.goto(`${heard.url}/me/sessions`);
    await page.locator('a[href="/me/mails"]').click();
    await page.locator('[name=notice]').uncheck();
    await page.locator('main form button.main').click();
    await page.locator('.flash li').waitFor();
    assert.equal(await page.locator('[name=notice]').isChecked(), false);
    await assertAccessible(page, 'mails of the account');
});

/// An address of ours in the newest mail that has one.
async function linkIn(pattern) {
    await admin.goto(`${heard.url}/outbox`);
    for (const path of await admin.locator('main a[href^="/outbox/"]').evaluateAll((links) => links.map((a) => a.getAttribute('href')))) {
        const found = (await (await admin.request.get(heard.url + path)).text()).match(pattern);
        if (found) return found[0];
    }
    assert.fail(`no mail has ${pattern}`);
}
