// Makes the README's pictures from the demo: node tests/browser/screenshots.mjs DIR

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DARK, PHONE, chooseLanguage, newPage, openBrowser } from './browser.mjs';
import { signIn, startHeard } from './heard.mjs';

const FIRST_CASE = 'main a[href^="/cases/F-"]';
const FIRST_CHANGE = 'main a[href^="/changes/C-"]';

// `link` is followed from the page at `path`.
const PICTURES = [
    { name: 'submit-phone', kinds: [PHONE], path: '/' },
    { name: 'queue', role: 'owner', path: '/cases' },
    { name: 'queue-dark', role: 'owner', kinds: [DARK], path: '/cases' },
    { name: 'queue-ru', role: 'owner', lang: 'ru', path: '/cases' },
    { name: 'case', role: 'owner', path: '/cases', link: FIRST_CASE },
    { name: 'backlog', role: 'council', path: '/changes' },
    { name: 'change', role: 'council', path: '/changes', link: FIRST_CHANGE },
];

const folder = process.argv[2];
if (!folder) {
    console.error('usage: node tests/browser/screenshots.mjs DIR');
    process.exit(2);
}
await mkdir(folder, { recursive: true });
const heard = await startHeard();
const browser = await openBrowser();
try {
    for (const { name, role, kinds = [], lang = 'en', path, link } of PICTURES) {
        const page = await newPage(browser, ...kinds);
        await chooseLanguage(page, heard, lang);
        if (role) await signIn(page, heard, role);
        await page.goto(heard.url + path);
        if (link) await page.goto(new URL(await page.locator(link).first().getAttribute('href'), heard.url).href);
        await save(page, name);
    }
    await save(await tracking(), 'tracking-phone');
} finally {
    await browser.close();
    await heard.stop();
}

// The tracking page of something just said, since only its author has the link.
async function tracking() {
    const page = await newPage(browser, PHONE);
    await page.goto(heard.url);
    await page.locator('[name=text]').fill('The courier left the parcel at the wrong door, for the second time.');
    await page.locator('[name=answer][value=anonymous]').check({ force: true });
    await page.locator('form[action="/feedback"] button').last().click();
    await page.goto(new URL(await page.locator('main a[href*="/t/"]').first().getAttribute('href'), heard.url).href);
    return page;
}

async function save(page, name) {
    const path = join(folder, `${name}.png`);
    await page.screenshot({ path });
    await page.context().close();
    console.log(path);
}
