// Every page for everybody who may see it: it answers 200, in the reader's language, keeps to WCAG 2.2 AA in light and
// dark, logs no error, loads nothing from elsewhere, and does not scroll sideways at 320 px.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { DESKTOP, RUSSIAN, assertAccessible, assertNoSidewaysScroll, chooseLanguage, clickThrough, newPage, openBrowser, watch } from './browser.mjs';
import { signIn, startHeard } from './heard.mjs';

// `[path, selector, ...]` is the page behind the first such link of the page at `path`, and so on.
const CASE = ['/cases?view=open', 'main a[href^="/cases/F-"]'];
const CHANGE = ['/changes', 'main a.what[href^="/changes/C-"]'];
const RUNNING_CHANGE = ['/changes?status=in_progress', 'main a.what[href^="/changes/C-"]'];
const DIGEST = ['/digests', 'main td a[href^="/digests/"]'];

const PAGES = {
    nobody: ['/', '/track', '/sign-in', '/password', '/heard', '/heard/wall'],
    employee: ['/', '/me/sessions', '/team'],
    owner: [
        '/cases',
        '/cases?view=today',
        CASE,
        [...CASE, 'a[href*="/resolution?"]'],
        '/changes',
        '/changes?group=lever&sort=rice',
        ['/changes', 'main a[href*="edit="]'],
        '/changes/matrix',
        ['/changes/matrix', 'main a.bubble'],
        '/changes/board',
        '/changes/roadmap',
        '/changes/order?ex=3&cx=1',
        CHANGE,
        [...CHANGE, 'main a[href$="/score"]'],
        '/changes/new',
        '/search?q=refund',
        '/search?q=%D0%B2%D0%BE%D0%B7%D0%B2%D1%80%D0%B0%D1%82',
        '/search?q=nothing-like-it',
    ],
    council: [
        CASE,
        [...CHANGE, 'a[href$="/edit"]'],
        [...RUNNING_CHANGE, 'a[href$="/shipping"]'],
        [...RUNNING_CHANGE, 'a[href$="/declining"]'],
        '/digests',
        DIGEST,
        [...DIGEST, 'aside a[href$="/preview"]'],
        '/digests/new',
        '/heard',
        '/thanks',
    ],
    admin: [
        '/outbox',
        ['/outbox', 'main a[href^="/outbox/"]'],
        '/admin/people',
        ['/admin/people', 'main td a[href^="/admin/people/"]'],
        '/admin/teams',
        ['/admin/teams', 'main td a[href^="/admin/teams/"]'],
        '/admin/status',
        '/admin/digests',
        '/admin/digests/new',
        '/admin/topics',
        ['/admin/topics', 'main td a[href^="/admin/topics/"]'],
        '/admin/tokens',
        '/admin/levers',
        ['/admin/levers', 'main td a[href^="/admin/levers/"]'],
        '/admin/weights',
        '/admin/board',
    ],
};

const LANGUAGES = ['en', 'ru'];

let heard, browser;
before(async () => {
    heard = await startHeard();
    browser = await openBrowser();
});
after(async () => {
    await browser?.close();
    await heard?.stop();
});

for (const [role, entries] of Object.entries(PAGES)) {
    for (const lang of LANGUAGES) {
        describe(`pages of ${role} in ${lang}`, () => {
            let page, watched;
            before(async () => {
                page = await newPage(browser);
                await chooseLanguage(page, heard, lang);
                if (role !== 'nobody') await signIn(page, heard, role);
                watched = watch(page, heard.url);
            });
            after(() => page?.context().close());
            for (const entry of entries) test(`${role}, ${lang}: ${[entry].flat().join(' → ')}`, () => check(page, watched, entry, lang));
        });
    }
}

test('nothing in the header lies over anything else, however long the words and wide the window', async (t) => {
    for (const lang of LANGUAGES) {
        const page = await newPage(browser);
        t.after(() => page.context().close());
        await chooseLanguage(page, heard, lang);
        await signIn(page, heard, 'admin');
        await page.goto(`${heard.url}/admin/people`);
        for (const width of [320, 961, 1024, 1280, 1440]) {
            await page.setViewportSize({ width, height: 900 });
            await assertAccessible(page, `the header at ${width} px in ${lang}`, ['target-size']);
            await assertNoSidewaysScroll(page, `the header at ${width} px in ${lang}`);
        }
    }
});

test('a stranger is spoken to in the language of the browser', async (t) => {
    const page = await newPage(browser, RUSSIAN);
    t.after(() => page.context().close());
    await page.goto(heard.url);
    assert.equal(await page.locator('html').getAttribute('lang'), 'ru');
});

test('a page that is not there says so, accessibly', async (t) => {
    const page = await newPage(browser);
    t.after(() => page.context().close());
    const answer = await page.goto(`${heard.url}/no-such-page`);
    assert.equal(answer.status(), 404);
    await assertAccessible(page, 'not found');
});

test('a tracking page, and the page that its author gets first, are as good as the others', async (t) => {
    const page = await newPage(browser);
    t.after(() => page.context().close());
    const watched = watch(page, heard.url);
    await page.goto(heard.url);
    await page.locator('[name=text]').fill('The courier left the parcel at the wrong door.');
    await page.locator('[name=answer][value=anonymous]').check();
    await clickThrough(page.locator('form[action="/feedback"] button.main'));
    const code = await page.locator('#code').textContent();
    await assertGood(page);
    for (const each of [code, heard.receiptCode]) {
        await page.goto(`${heard.url}/track`);
        await page.locator('[name=code]').fill(each);
        await clickThrough(page.locator('form[action="/track"] button'));
        await page.locator('.loop').waitFor();
        await assertGood(page);
    }
    watched.assertNone();
});

test('the API has its documentation page', async (t) => {
    const page = await newPage(browser);
    t.after(() => page.context().close());
    const watched = watch(page, heard.url);
    await page.goto(`${heard.url}/api/docs/`);
    await page.getByText('/api/v1/feedback').first().waitFor();
    watched.assertNone();
});

async function check(page, watched, entry, lang) {
    watched.forget();
    const answer = await open(page, entry);
    assert.equal(answer.status(), 200);
    assert.equal(await page.locator('html').getAttribute('lang'), lang);
    await assertGood(page);
    watched.assertNone();
}

async function assertGood(page) {
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize(DESKTOP.viewport);
    await assertAccessible(page, 'light, desktop');
    await page.emulateMedia({ colorScheme: 'dark' });
    await assertAccessible(page, 'dark, desktop', ['color-contrast', 'link-in-text-block']);
    await page.setViewportSize({ width: 320, height: 640 });
    await assertNoSidewaysScroll(page, 'the page at 320 px');
    await assertAccessible(page, 'dark, 320 px');
}

async function open(page, entry) {
    const [path, ...links] = [entry].flat();
    let answer = await page.goto(heard.url + path);
    for (const link of links) {
        const href = await page.locator(link).first().getAttribute('href');
        answer = await page.goto(new URL(href, heard.url).href);
    }
    return answer;
}
