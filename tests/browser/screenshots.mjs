// Makes the README's pictures from the demo: node tests/browser/screenshots.mjs DIR

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DARK, DESKTOP, PHONE, RUSSIAN, newPage, openBrowser } from './browser.mjs';
import { signIn, startHeard } from './heard.mjs';

const FIRST_CASE = 'main a[href^="/cases/F-"]';
const FIRST_CHANGE = 'main a[href^="/changes/C-"]';

// name, who looks, how, at which page, and which link there to follow.
const PICTURES = [
    ['submit-phone', null, [PHONE], '/'],
    ['queue', 'owner', [DESKTOP], '/cases'],
    ['queue-dark', 'owner', [DESKTOP, DARK], '/cases'],
    ['queue-ru', 'owner', [DESKTOP, RUSSIAN], '/cases'],
    ['case', 'owner', [DESKTOP], '/cases', FIRST_CASE],
    ['backlog', 'council', [DESKTOP], '/changes'],
    ['change', 'council', [DESKTOP], '/changes', FIRST_CHANGE],
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
    for (const [name, role, kinds, path, link] of PICTURES) {
        const page = await newPage(browser, ...kinds);
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
