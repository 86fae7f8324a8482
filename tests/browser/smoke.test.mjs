// Every page for everybody who may see it: it answers 200, in the reader's language, keeps to WCAG 2.2 AA in light and
// dark, logs no error, loads nothing from elsewhere, and does not scroll sideways at 320 px.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { DESKTOP, RUSSIAN, assertAccessible, assertNoSidewaysScroll, chooseLanguage, newPage, openBrowser, watch } from './browser.mjs';
import { signIn, startHeard } from './heard.mjs';

// `[path, selector]` is the page behind the first such link of the page at `path`.
const SHARED_BY_STAFF = [
    '/cases',
    ['/cases', 'main a[href^="/cases/F-"]'],
    '/changes',
    ['/changes', 'main a[href^="/changes/C-"]'],
    '/changes/new',
    '/search?q=shift',
    '/search?q=%D1%81%D0%BC%D0%B5%D0%BD%D0%B0',
    '/search?q=nothing-like-it',
    '/me/sessions',
];

const PAGES = {
    nobody: ['/', '/track', '/sign-in'],
    employee: ['/', '/me/sessions'],
    owner: SHARED_BY_STAFF,
    council: [...SHARED_BY_STAFF, '/digests', ['/digests', 'main a[href^="/digests/"]']],
    admin: ['/outbox', ['/outbox', 'main a[href^="/outbox/"]'], '/admin/people', '/admin/teams', '/admin/topics'],
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

    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize(DESKTOP.viewport);
    await assertAccessible(page, 'light, desktop');
    await page.emulateMedia({ colorScheme: 'dark' });
    await assertAccessible(page, 'dark, desktop', ['color-contrast', 'link-in-text-block']);
    await page.setViewportSize({ width: 320, height: 640 });
    await assertNoSidewaysScroll(page, 'the page at 320 px');
    await assertAccessible(page, 'dark, 320 px');

    watched.assertNone();
}

async function open(page, entry) {
    const [path, selector] = [entry].flat();
    const answer = await page.goto(heard.url + path);
    if (!selector) return answer;
    const href = await page.locator(selector).first().getAttribute('href');
    return page.goto(new URL(href, heard.url).href);
}
