// Sending files with feedback, with and without JavaScript, and getting them back.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { NO_SCRIPT, SMALL, assertAccessible, assertNoSidewaysScroll, clickThrough, newPage, openBrowser, watch } from './browser.mjs';
import { startHeard } from './heard.mjs';

const NOTES = { name: 'Заметки к заказу.txt', mimeType: 'text/plain', buffer: Buffer.from('Order 17 came twice.') };

let heard, browser;
before(async () => {
    heard = await startHeard();
    browser = await openBrowser();
});
after(async () => {
    await browser?.close();
    await heard?.stop();
});

test('a file sent with feedback comes back as it was, from the page that shows it', async (t) => {
    const page = await write(t);
    const watched = watch(page, heard.url);
    await page.locator('[name=email]').fill('joan@customer.example');
    await page.locator('[name=files]').setInputFiles(NOTES);
    await send(page);
    await clickThrough(page.locator('a[href*="/t/"]').first());
    const link = page.locator('.files a');
    assert.match(await link.innerText(), /Заметки к заказу\.txt/);
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
    assert.equal(download.suggestedFilename(), NOTES.name);
    assert.deepEqual(await readFile(await download.path()), NOTES.buffer);
    await assertAccessible(page, 'a page with files');
    await assertNoSidewaysScroll(page, 'a page with files at 320 px');
    watched.assertNone();
});

test('a file that is too large is named before anything is sent', async (t) => {
    const page = await write(t);
    const files = page.locator('[name=files]');
    await files.setInputFiles({ ...NOTES, name: 'film.pdf', buffer: Buffer.alloc(11 * 1024 * 1024) });
    assert.match(await files.evaluate((field) => field.validationMessage), /film\.pdf.*10/);
    await files.setInputFiles([1, 2, 3, 4].map((n) => ({ ...NOTES, name: `${n}.txt` })));
    assert.match(await files.evaluate((field) => field.validationMessage), /At most 3/);
    await files.setInputFiles(NOTES);
    assert.equal(await files.evaluate((field) => field.validationMessage), '');
});

test('without JavaScript a disguised file is refused beside its field and the words are kept', async (t) => {
    const page = await write(t, NO_SCRIPT);
    await page.locator('[name=email]').fill('joan@customer.example');
    await page.locator('[name=files]').setInputFiles({ ...NOTES, name: 'door.png' });
    await send(page);
    assert.match(await page.locator('#files-error').innerText(), /door\.png/);
    assert.equal(await page.locator('[name=text]').inputValue(), 'It came twice.');
    assert.equal(await page.locator('[name=email]').inputValue(), 'joan@customer.example');
    await page.locator('[name=files]').setInputFiles(NOTES);
    await send(page);
    await page.locator('[data-draft-done]').waitFor();
});

async function write(t, ...kinds) {
    const page = await newPage(browser, SMALL, ...kinds);
    t.after(() => page.context().close());
    await page.goto(heard.url);
    await page.locator('[name=text]').fill('It came twice.');
    return page;
}

async function send(page) {
    await clickThrough(page.locator('form[action="/feedback"] button.main'));
}
