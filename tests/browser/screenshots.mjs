// Takes a picture of every screen, filled with the demo; the README shows "queue":
//
//     node tests/browser/screenshots.mjs DIR            as much as a window shows
//     node tests/browser/screenshots.mjs DIR --whole    whole pages
//     node tests/browser/screenshots.mjs DIR queue      only pictures with "queue" in their name

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DARK, PHONE, SMALL, chooseLanguage, newPage, openBrowser } from './browser.mjs';
import { signIn, startHeard } from './heard.mjs';

const FIRST_CASE = 'main a[href^="/cases/F-"]';
const FIRST_CHANGE = 'main a.what[href^="/changes/C-"]';
const DIGEST = 'main td a[href^="/digests/"]';

// `path` is where it begins; then come the links that are followed and the steps that are taken, in order.
const PICTURES = [
    { name: 'submit-phone', kinds: [PHONE], path: '/' },
    { name: 'submit-ru-dark-phone', kinds: [PHONE, DARK], lang: 'ru', path: '/' },
    { name: 'submit-employee', role: 'employee', path: '/' },
    { name: 'submit-wrong-phone', kinds: [PHONE], path: '/', then: [sendWithoutAddress] },
    { name: 'similar-phone', kinds: [PHONE], path: '/', then: [typeOfRefund] },
    { name: 'receipt-phone', kinds: [PHONE], path: '/', then: [submitAnonymously] },
    { name: 'receipt-ru', lang: 'ru', path: '/', then: [submitAnonymously] },
    { name: 'tracking-phone', kinds: [PHONE], path: '/', then: [submitAnonymously, enterOwnCode] },
    { name: 'tracking-told-phone', kinds: [PHONE], path: '/track', then: [enterReceiptCode] },
    { name: 'tracking-told-ru-dark', kinds: [DARK], lang: 'ru', path: '/track', then: [enterReceiptCode] },
    { name: 'code', path: '/track' },
    { name: 'sign-in', path: '/sign-in' },
    { name: 'sign-in-ru-dark-small', kinds: [SMALL, DARK], lang: 'ru', path: '/sign-in' },
    { name: 'not-found', path: '/no-such-page' },
    { name: 'forbidden-ru', role: 'employee', lang: 'ru', path: '/cases' },
    { name: 'queue', role: 'owner', kinds: [{ viewport: { width: 1160, height: 700 } }], path: '/cases?view=open' },
    { name: 'queue-dark', role: 'owner', kinds: [DARK], path: '/cases?view=open' },
    { name: 'queue-ru', role: 'owner', lang: 'ru', path: '/cases?view=open' },
    { name: 'queue-small', role: 'owner', kinds: [SMALL], path: '/cases?view=open' },
    { name: 'queue-ru-dark-small', role: 'owner', kinds: [SMALL, DARK], lang: 'ru', path: '/cases?view=open' },
    { name: 'case', role: 'owner', path: '/cases?view=waiting', then: [FIRST_CASE] },
    { name: 'case-ru-dark', role: 'owner', kinds: [DARK], lang: 'ru', path: '/cases?view=open', then: [FIRST_CASE] },
    { name: 'case-small', role: 'owner', kinds: [SMALL], path: '/cases?view=open', then: [FIRST_CASE] },
    { name: 'resolution', role: 'owner', path: '/cases?view=open', then: [FIRST_CASE, previewResolution] },
    { name: 'search', role: 'owner', path: '/search?q=shift' },
    { name: 'search-ru-small', role: 'owner', kinds: [SMALL], lang: 'ru', path: '/search?q=смена' },
    { name: 'backlog', role: 'council', path: '/changes' },
    { name: 'backlog-ru-dark', role: 'council', kinds: [DARK], lang: 'ru', path: '/changes' },
    { name: 'backlog-small', role: 'council', kinds: [SMALL], path: '/changes' },
    { name: 'change', role: 'council', path: '/changes', then: [FIRST_CHANGE] },
    { name: 'change-ru-small', role: 'council', kinds: [SMALL], lang: 'ru', path: '/changes', then: [FIRST_CHANGE] },
    { name: 'change-new', role: 'owner', path: '/changes/new' },
    { name: 'shipping', role: 'council', path: '/changes?status=in_progress', then: [FIRST_CHANGE, 'a[href$="/shipping"]', previewShipping] },
    { name: 'shipping-ru-dark', role: 'council', kinds: [DARK], lang: 'ru', path: '/changes?status=in_progress', then: [FIRST_CHANGE, 'a[href$="/shipping"]'] },
    { name: 'digests', role: 'council', path: '/digests' },
    { name: 'digest-preview', role: 'council', path: '/digests', then: [DIGEST, 'aside a[href$="/preview"]'] },
    { name: 'digest-reader-ru', role: 'council', lang: 'ru', path: '/digests', then: [DIGEST, 'aside a[href$="/preview"]'] },
    { name: 'outbox', role: 'admin', path: '/outbox' },
    { name: 'mail', role: 'admin', path: '/outbox', then: ['main a[href^="/outbox/"]'] },
    { name: 'people', role: 'admin', path: '/admin/people' },
    { name: 'people-ru-dark-small', role: 'admin', kinds: [SMALL, DARK], lang: 'ru', path: '/admin/people' },
    { name: 'tokens-ru', role: 'admin', lang: 'ru', path: '/admin/tokens' },
    { name: 'assignment', role: 'admin', path: '/admin/assignment' },
    { name: 'assignment-ru-dark-small', role: 'admin', kinds: [SMALL, DARK], lang: 'ru', path: '/admin/assignment' },
    { name: 'assignment-rule', role: 'admin', path: '/admin/assignment', then: ['main a.what[href^="/admin/assignment/"]', tryRule] },
    { name: 'authorities-ru', role: 'admin', lang: 'ru', path: '/admin/authorities' },
    { name: 'absence-phone', role: 'owner', kinds: [PHONE], path: '/me/absence' },
    { name: 'decisions', role: 'admin', path: '/decisions' },
    { name: 'decisions-ru-small', role: 'admin', kinds: [SMALL], lang: 'ru', path: '/decisions' },
    { name: 'decisions-summary', role: 'council', path: '/decisions/summary' },
    { name: 'status', role: 'admin', path: '/admin/status' },
    { name: 'status-ru-dark-small', role: 'admin', kinds: [SMALL, DARK], lang: 'ru', path: '/admin/status' },
    { name: 'topics', role: 'admin', path: '/admin/topics' },
    { name: 'policies', role: 'admin', path: '/admin/policies' },
    { name: 'policies-ru-dark-small', role: 'admin', kinds: [SMALL, DARK], lang: 'ru', path: '/admin/policies' },
    { name: 'policy-ru', role: 'admin', lang: 'ru', path: '/admin/policies/1' },
    { name: 'policy-small', role: 'admin', kinds: [SMALL], path: '/admin/policies/1' },
    { name: 'calendars', role: 'admin', path: '/admin/calendars' },
    { name: 'calendar-new-ru', role: 'admin', lang: 'ru', path: '/admin/calendars/new' },
    { name: 'calendar-small', role: 'admin', kinds: [SMALL], path: '/admin/calendars/1' },
    { name: 'me-ru', role: 'employee', lang: 'ru', path: '/me/sessions' },
    { name: 'api', path: '/api/docs/' },
];

const [folder, ...options] = process.argv.slice(2);
if (!folder) {
    console.error('usage: node tests/browser/screenshots.mjs DIR [--whole] [PART OF A NAME...]');
    process.exit(2);
}
const fullPage = options.includes('--whole');
const wanted = options.filter((option) => !option.startsWith('--'));
await mkdir(folder, { recursive: true });
const heard = await startHeard();
const browser = await openBrowser();
try {
    for (const picture of PICTURES) {
        if (!wanted.length || wanted.some((part) => picture.name.includes(part))) await take(picture);
    }
} finally {
    await browser.close();
    await heard.stop();
}

async function take({ name, kinds = [], role, lang = 'en', path, then = [] }) {
    const page = await newPage(browser, ...kinds);
    await chooseLanguage(page, heard, lang);
    if (role) await signIn(page, heard, role);
    await page.goto(heard.url + path);
    for (const step of then) await (typeof step === 'string' ? follow(page, step) : step(page));
    const file = join(folder, `${name}.png`);
    await page.screenshot({ path: file, fullPage });
    await page.context().close();
    console.log(file);
}

async function follow(page, link) {
    await page.goto(new URL(await page.locator(link).first().getAttribute('href'), heard.url).href);
}

async function tryRule(page) {
    await page.locator('button[value="try"]').click();
    await page.locator('#trial-title').waitFor();
}

async function submitAnonymously(page) {
    await page.locator('[name=text]').fill('The courier left the parcel at the wrong door, for the second time.');
    await page.locator('[name=answer][value=anonymous]').check();
    await page.locator('form[action="/feedback"] button.main').click();
    await page.locator('#code').waitFor();
}

async function sendWithoutAddress(page) {
    await page.locator('[name=text]').fill('Nobody told me that the parcel was delayed.');
    await page.locator('form[action="/feedback"] button.main').click();
    await page.locator('[aria-invalid=true]').waitFor();
}

async function typeOfRefund(page) {
    await page.locator('[name=text]').pressSequentially('I cannot see where my refund is.');
    await page.locator('[data-similar-into] button').first().waitFor();
}

async function enterOwnCode(page) {
    const code = await page.locator('#code').textContent();
    await page.goto(`${heard.url}/track`);
    await enterCode(page, code);
}

async function enterReceiptCode(page) {
    await enterCode(page, heard.receiptCode);
}

async function enterCode(page, code) {
    await page.locator('[name=code]').fill(code);
    await page.locator('form[action="/track"] button').click();
    await page.locator('.loop').waitFor();
}

async function previewResolution(page) {
    await follow(page, 'a[href*="/resolution?"]');
    await page.locator('[name=text]').fill('Деньги пришли на карту 20 ноября, а шаги возврата теперь видны в заказе.');
    await page.locator('button[value=preview]').click();
    await page.locator('button[value=send]').waitFor();
}

async function previewShipping(page) {
    await page.locator('[name=outcome_en]').fill('The shift plan is now published two weeks ahead.');
    await page.locator('[name=outcome_ru]').fill('График смен теперь публикуется за две недели.');
    await page.locator('button[name=preview]').click();
    await page.locator('button[name=send]').first().waitFor();
}
