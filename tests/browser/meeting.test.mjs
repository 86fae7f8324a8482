// A whole meeting on one wall and four phones: vote, decision, minutes, and what those who asked get told.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { DARK, NO_SCRIPT, PHONE, RUSSIAN, SMALL, assertAccessible, assertNoSidewaysScroll, clickThrough, newPage, openBrowser, watch } from './browser.mjs';
import { signIn, startHeard, waitFor } from './heard.mjs';

const WALL = { viewport: { width: 1920, height: 1080 } };
const SEATS = ['operations', 'quality', 'wfm', 'front_line'];

let heard, browser;
before(async () => {
    heard = await startHeard();
    browser = await openBrowser();
});
after(async () => {
    await browser?.close();
    await heard?.stop();
});

test('a council votes by phone, decides, signs, and those who asked are told', async (t) => {
    const wall = await open(t, WALL);
    const problems = watch(wall, heard.url);
    await signIn(wall, heard, 'admin');
    const room = await meeting(wall);
    await wall.goto(room);
    await assertAccessible(wall, 'a wall before the meeting');
    await press(wall, '/start');
    const code = await wall.locator('.way-in .code').innerText();
    const phones = [];
    for (const [n, kind] of [{}, DARK, RUSSIAN, SMALL].entries()) phones.push(await join(t, code, n, kind));

    await wall.locator('#people .here').nth(3).waitFor();
    assert.equal(await wall.locator('.quorum .missing').count(), 0, 'the quorum is seen without loading the page');
    await show(wall, 'wants a vote');
    await press(wall, '/vote');
    await wall.locator('.decision, progress').first().waitFor();
    for (const phone of phones) await phone.locator('form.ballot').waitFor();
    await assertAccessible(phones[1], 'a ballot in the dark');
    await assertNoSidewaysScroll(phones[3], 'a ballot at 320 px');
    await phones[0].locator('button.accept').click();
    await phones[1].locator('button.decline').click();
    await phones[2].locator('button.decline').click();
    await waitFor('three votes', async () => /3 of 4/.test(await wall.locator('#votes').innerText()));
    assert.equal(await wall.locator('.tally').count(), 0, 'nobody sees what was chosen');

    await phones[3].context().setOffline(true);
    await phones[3].locator('button.decline').click();
    await phones[3].locator('[data-lost]:not([hidden])').waitFor();
    await phones[3].context().setOffline(false);
    await waitFor('the vote that was held up', async () => /4 of 4/.test(await wall.locator('#votes').innerText()));

    await press(wall, '/tally');
    for (const phone of phones) await phone.locator('.tally').waitFor();
    assert.deepEqual(await wall.locator('.tally b').allInnerTexts(), ['1', '0', '3', '0']);
    await assertAccessible(wall, 'a wall with the votes');
    await assertNoSidewaysScroll(wall, 'a wall');
    assert.ok(await wall.locator('[value=decline]').isChecked(), 'what most said is chosen beforehand');
    await wall.locator('[name=reason]').fill('The contract ends in spring.');
    await wall.locator('[name=owner]').selectOption({ index: 1 });
    await wall.locator('[name=due_on]').fill(later(30));
    await press(wall, '/decision');
    await phones[0].locator('.outcome.decline', { hasText: 'The contract ends in spring.' }).waitFor();

    await wall.locator('.ending summary').click();
    await press(wall, '/end');
    await phones[2].locator('h1', { hasText: 'Заседание окончено' }).waitFor();
    assert.equal(await wall.locator('form[action$="/signature"]').count(), 0, 'a no without words cannot be signed');
    await clickThrough(wall.locator('.decisions a[href*="/minutes/items/"]'));
    await wall.locator('[name=news_en]').fill('We will not do it: the contract ends in spring.');
    await wall.locator('[name=news_ru]').fill('Мы этого не сделаем: договор заканчивается весной.');
    await assertAccessible(wall, 'words for those who asked');
    await press(wall, /minutes\/items/);
    await press(wall, '/reading');
    await press(wall, '/signature');
    await wall.locator('.signed').waitFor();
    await assertAccessible(wall, 'signed minutes');
    problems.assertNone();

    await wall.goto(`${heard.url}/outbox`);
    const mails = await wall.locator('main').innerText();
    assert.match(mails, /Minutes: Wall council|Протокол: Wall council/);
    assert.match(mails, /What we decided about your message|decided/i);
});

test('without a script a phone votes too, one page after the other', async (t) => {
    const wall = await open(t, WALL);
    await signIn(wall, heard, 'admin');
    const room = await meeting(wall, 'Second council');
    await wall.goto(room);
    await press(wall, '/start');
    const phone = await join(t, await wall.locator('.way-in .code').innerText(), 0, NO_SCRIPT);
    await show(wall, 'wants a vote');
    await press(wall, '/vote');
    await clickThrough(phone.locator('a[href="/join/vote"]'));
    await clickThrough(phone.locator('button.need_data'));
    assert.equal(await phone.locator('button.need_data').getAttribute('aria-pressed'), 'true');
    await press(wall, '/tally');
    await clickThrough(phone.locator('a[href="/join/vote"]'));
    assert.match(await phone.locator('main').innerText(), /Need data/);
});

async function open(t, ...kinds) {
    const page = await newPage(browser, ...kinds);
    t.after(() => page.context().close());
    return page;
}

/// A council of four with a meeting tomorrow whose agenda has filled itself; returns the address of its wall.
async function meeting(page, name = 'Wall council') {
    await page.goto(`${heard.url}/council/new`);
    await page.locator('[name=name]').fill(name);
    await page.locator('[name=quorum_operations]').fill('1');
    await clickThrough(page.locator('form[action="/council/new"] button.main'));
    const council = page.url().match(/\/council\/\d+/)[0];
    for (const [n, seat] of SEATS.entries()) {
        await page.goto(`${heard.url}${council}/members`);
        await page.locator('[name=person]').selectOption({ index: n + 1 });
        await page.locator(`[name=seat][value=${seat}]`).check({ force: true });
        await clickThrough(page.locator(`form[action="${council}/members"] button.main`));
    }
    await page.goto(heard.url + council);
    const call = page.locator(`form[action="${council}/meetings"]`);
    await page.locator(`details:has(form[action="${council}/meetings"]) summary`).click();
    await call.locator('[name=day]').fill(later(1));
    await call.locator('[name=time]').fill('10:00');
    await clickThrough(call.locator('button'));
    const meetings = page.locator('a[href^="/council/meetings/"]').first();
    if (!/meetings/.test(page.url())) await clickThrough(meetings);
    const at = page.url().match(/.*\/council\/meetings\/\d+/)[0];
    await clickThrough(page.locator('form[action$="/filling"] button'));
    return `${at}/room`;
}

/// Presses the main button of the form whose address ends so.
async function press(page, to) {
    const forms = typeof to === 'string' ? page.locator(`form[action$="${to}"]`) : page.locator('form.decision');
    await clickThrough(forms.locator('button').last());
}

/// Puts the first item of the agenda on the wall whose change can be voted on.
async function show(wall) {
    for (let n = 0; n < 20 && !(await wall.locator('.steering form[action$="/vote"] button.main').count()); n += 1) {
        await clickThrough(wall.locator('.steering form[action$="/item"] button'));
    }
}

async function join(t, code, n, kind) {
    const phone = await open(t, PHONE, kind);
    await phone.goto(`${heard.url}/join`);
    // What checks a page is a script itself.
    if (kind !== NO_SCRIPT) await assertAccessible(phone, 'the way in');
    await phone.locator('#code').fill(code);
    await clickThrough(phone.locator('button.main'));
    await clickThrough(phone.locator('button.place').nth(n));
    return phone;
}

/// A day so many days from now, as date fields take it.
function later(days) {
    return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}
