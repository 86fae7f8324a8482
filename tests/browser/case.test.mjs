// Work on a case: answers that can be taken back, colleagues on the same page, everything by keyboard.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { DARK, NO_SCRIPT, PHONE, assertAccessible, assertNoSidewaysScroll, chooseLanguage, clickThrough, newPage, openBrowser, turn, watch } from './browser.mjs';
import { signIn, startHeard, waitFor } from './heard.mjs';

let heard, browser;
before(async () => {
    heard = await startHeard();
    browser = await openBrowser();
});
after(async () => {
    await browser?.close();
    await heard?.stop();
});

test('an answer counts down, is taken back, and then goes out by itself', async (t) => {
    const page = await openCase(t, 'owner', 0);
    const problems = watch(page, heard.url);
    await page.locator('#text').fill('We have **refunded** you.');
    await send(page);
    const before = await secondsLeft(page);
    await waitFor('the seconds to pass', async () => (await secondsLeft(page)) < before);
    await clickThrough(page.locator('.pending button'));
    assert.equal(await page.locator('#text').inputValue(), 'We have **refunded** you.');

    await send(page);
    await page.locator('#note').fill('typed meanwhile');
    await assertAccessible(page, 'a reply that waits');
    await page.locator('.outbound:not(.pending) strong', { hasText: 'refunded' }).waitFor();
    assert.equal(await page.locator('.pending').count(), 0);
    assert.equal(await page.locator('#note').inputValue(), 'typed meanwhile', 'what is being typed stays');
    problems.assertNone();
});

test('two people on one case see each other, and nobody answers unseen', async (t) => {
    const mine = await openCase(t, 'owner', 1);
    const theirs = await openCase(t, 'admin', 1);
    await theirs.locator('#note').fill('I have called them already.');
    await theirs.locator('h1').click();
    await lookAgain(theirs);
    await waitFor('the other to be seen', async () => {
        await lookAgain(mine);
        return /is writing/.test(await mine.locator('[data-presence]').innerText());
    });
    const said = await mine.locator('[data-presence] p').first().elementHandle();
    for (const _ of ['once', 'and again']) await Promise.all([mine.waitForResponse(/\/presence$/), lookAgain(mine)]);
    assert.ok(await said.evaluate((words) => words.isConnected), 'what was said is not said anew');
    await clickThrough(theirs.locator('form[action$="/notes"] button'));
    await theirs.locator('.flash').waitFor();

    await mine.locator('#text').fill('We will call you.');
    await send(mine, '.errors');
    assert.equal(await mine.locator('#text').inputValue(), 'We will call you.');
    assert.match(await mine.locator('.fresh').innerText(), /I have called them already/);
    await assertAccessible(mine, 'a case that moved on');
    await send(mine);

    await theirs.locator('#note').fill('And again.');
    await clickThrough(theirs.locator('form[action$="/notes"] button'));
    await theirs.locator('.note', { hasText: 'And again' }).waitFor();
    await mine.locator('#note').fill('half a sentence');
    await lookAgain(mine);
    await mine.locator('[data-refresh]').click();
    await mine.locator('.note', { hasText: 'And again' }).waitFor();
    assert.equal(await mine.locator('#note').inputValue(), 'half a sentence');
});

test('a saved answer goes in at the cursor, or without a script into the field', async (t) => {
    const admin = await open(t, 'admin', '/answers/new');
    await admin.locator('[name=name]').fill('Sorry');
    await admin.locator('[name=body_en]').fill('We are sorry. {nmae}');
    await admin.locator('[name=body_ru]').fill('Нам жаль.');
    await clickThrough(admin.locator('form[action="/answers"] button.main'));
    assert.match(await admin.locator('#body_en-error').innerText(), /\{nmae\}/);
    await assertAccessible(admin, 'a saved answer that is refused');
    await admin.locator('[name=body_en]').fill('We are sorry.');
    await clickThrough(admin.locator('form[action="/answers"] button.main'));
    await admin.locator('.flash').waitFor();
    await assertAccessible(admin, 'saved answers');

    const page = await openCase(t, 'owner', 2);
    await page.locator('#text').fill('Hello . Bye.');
    await page.locator('#text').evaluate((field) => field.setSelectionRange(6, 6));
    await page.locator('[data-answers] select').selectOption('Sorry');
    await page.locator('[data-answers] button').click();
    await waitFor('the words', async () => /^Hello (We are sorry|Нам жаль)\. *\. Bye\.$/.test(await page.locator('#text').inputValue()));

    const plain = await openCase(t, 'owner', 2, NO_SCRIPT);
    await plain.locator('[data-answers] select').selectOption('Sorry');
    await clickThrough(plain.locator('[data-answers] button'));
    assert.match(await plain.locator('#text').inputValue(), /^(We are sorry|Нам жаль)\.$/);
});

test('a case is worked by single keys, on a Russian layout too', async (t) => {
    const page = await openCase(t, 'owner', 3);
    const press = (code) => page.evaluate((code) => document.body.dispatchEvent(new KeyboardEvent('keydown', { code, key: 'ъ', bubbles: true })), code);
    const focused = () => page.evaluate(() => document.activeElement.id);
    await press('KeyR');
    assert.equal(await focused(), 'text');
    await press('KeyN');
    assert.equal(await focused(), 'note');
    await press('KeyZ');
    await page.locator('button[name=until][value=tomorrow]').waitFor();
    await turn(page, () => press('KeyM'));
    assert.equal(await page.locator('.flash').count(), 1);
    assert.equal(await page.locator('[data-key=KeyM]').count(), 0, 'it is theirs now');
    await press('KeyE');
    await page.waitForURL(/\/resolution\?seen=\d+$/);
});

test('a case is put off and marked without a script, and reads well on a phone in the dark', async (t) => {
    const page = await openCase(t, 'owner', 4, PHONE, DARK, NO_SCRIPT);
    await page.locator('summary[data-key=KeyZ]').click();
    await clickThrough(page.locator('button[name=until][value=next_week]'));
    await clickThrough(page.locator('button[name=until][value=now]'));
    await page.locator('[name=severity]').selectOption('high');
    await page.locator('[name=tags]').fill('refund, third time');
    await clickThrough(page.locator('form[action$="/marks"] button'));
    assert.match(await page.locator('#standing').innerText(), /third time/);
    const seeing = await openCase(t, 'owner', 4, PHONE, DARK);
    for (const lang of ['en', 'ru']) {
        await chooseLanguage(seeing, heard, lang);
        await seeing.reload();
        await seeing.waitForLoadState('networkidle');
        await assertAccessible(seeing, `a case in ${lang}`);
        await assertNoSidewaysScroll(seeing, `a case in ${lang}`);
    }
});

async function open(t, role, path, ...kinds) {
    const page = await newPage(browser, ...kinds);
    t.after(() => page.context().close());
    await signIn(page, heard, role);
    await page.goto(heard.url + path);
    return page;
}

/// The nth open case nobody has taken, as the owner's queue lists them.
async function openCase(t, role, nth, ...kinds) {
    cases ??= await listCases(t);
    return open(t, role, cases[nth], ...kinds);
}

let cases;

async function listCases(t) {
    const page = await open(t, 'owner', '/cases?view=unassigned');
    return page.locator('.what').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
}

/// As if somebody came back to the page: it asks at once who else is there.
function lookAgain(page) {
    return page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
}

async function send(page, then = '.pending') {
    await clickThrough(page.locator('form[action$="/replies"] button.main'));
    await page.locator(then).waitFor();
}

async function secondsLeft(page) {
    return Number((await page.locator('[data-countdown]').innerText()).match(/\d+/)[0]);
}
